package io.procmon.live;

import io.procmon.ArtefactUnderTest;
import io.procmon.Prerequisites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A node with students: one running procmon, its backend, and containers. It is opened once for all tests. Its
 * hostnames have a prefix that is unique on this machine, so it sees only the processes that it has started.
 */
final class Lab implements AutoCloseable {

    private static final int FIRST_STUDENT = 202_012_180;

    private final Path directory;
    private final String prefix = "t%d-".formatted(ProcessHandle.current().pid());
    private final Programs programs;
    private final AtomicInteger seats = new AtomicInteger();
    private final Deque<AutoCloseable> untilTestEnds = new ArrayDeque<>();
    private final Receiver backend = Receiver.open();
    private Service procmon;
    private Browser browser;

    private Lab(Path directory) {
        this.directory = directory;
        this.programs = Programs.compileTo(directory);
    }

    /** Opens a lab. procmon starts when a test first needs it. */
    static Lab open() {
        try {
            Lab lab = new Lab(Files.createTempDirectory("procmon-live-"));
            Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
            return lab;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The procmon that all tests share, except those that need their own. */
    synchronized Service procmon() {
        if (procmon == null) {
            procmon = Service.start(newDirectory().resolve("log"), environment(prefix, backend));
        }
        return procmon;
    }

    /** A procmon for this test alone. It watches hostnames with its own prefix. */
    Service procmon(String ownPrefix, Receiver ownBackend, Map<String, String> more) {
        return procmon(ArtefactUnderTest.path(), ownPrefix, ownBackend, more);
    }

    /** The same with another artefact than the one under test. */
    Service procmon(Path artefact, String ownPrefix, Receiver ownBackend, Map<String, String> more) {
        Map<String, String> environment = environment(ownPrefix, ownBackend);
        environment.putAll(more);
        return keep(Service.start(artefact, newDirectory().resolve("log"), environment));
    }

    /** A backend for this test alone. */
    Receiver receiver() {
        return keep(Receiver.open());
    }

    /** A prefix for this test alone. No other procmon watches its hostnames. */
    String ownPrefix() {
        return "s%d-".formatted(ProcessHandle.current().pid() % 1_000_000L * 1000 + seats.incrementAndGet());
    }

    /** The browser that all tests share. It opens when a test first needs it. */
    synchronized Browser browser() {
        if (browser == null) {
            Prerequisites.require(Browser.isInstalled(), "chromium is not installed, or its driver is not");
            browser = Browser.open();
        }
        return browser;
    }

    /** A container of a new student. */
    StudentContainer student() {
        procmon();
        return container(prefix + nextStudent());
    }

    /** A container with a hostname given by the test, after the lab's prefix. */
    StudentContainer studentAt(String hostname) {
        procmon();
        return container(prefix + hostname);
    }

    /** A container with the whole hostname given by the test. */
    StudentContainer container(String hostname) {
        return keep(StudentContainer.enter(hostname, newDirectory(), programs));
    }

    /** The hostname of a new student after the prefix. */
    String nextStudent() {
        return "os-1-" + (FIRST_STUDENT + seats.incrementAndGet());
    }

    /**
     * The events of a student that the backend has received. They are complete if the student's processes have ended.
     */
    List<Event> events(StudentContainer student) {
        return student.eventsAt(backend);
    }

    Receiver backend() {
        return backend;
    }

    Programs programs() {
        return programs;
    }

    String prefix() {
        return prefix;
    }

    /** Closes a resource at the end of the test. */
    <T extends AutoCloseable> T keep(T thing) {
        untilTestEnds.push(thing);
        return thing;
    }

    Path newDirectory() {
        try {
            return Files.createDirectory(directory.resolve(Integer.toString(seats.incrementAndGet())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the resources of the last test. */
    void tidyUp() throws Exception {
        while (!untilTestEnds.isEmpty()) {
            untilTestEnds.pop().close();
        }
    }

    @Override
    public synchronized void close() {
        try {
            tidyUp();
        } catch (Exception e) {
            throw new IllegalStateException("not everything could be ended", e);
        } finally {
            if (browser != null) {
                browser.close();
                browser = null;
            }
            if (procmon != null) {
                procmon.close();
            }
            backend.close();
            if (Files.exists(directory)) {
                Shell.run("rm", "-rf", "--one-file-system", directory.toString());
            }
        }
    }

    private static Map<String, String> environment(String prefix, Receiver backend) {
        return new HashMap<>(Map.of(
                "PROCMON_HOSTNAME_PREFIX",
                prefix,
                "API_ENDPOINT",
                backend.address().toString()));
    }
}
