package io.procmon.classroom.course;

import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.process.Student;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requirements of all courses on this node. The files are compared by their contents every few seconds, because a
 * changed ConfigMap or network file system sends no notification.
 */
@Singleton
public class Courses {

    private static final int LOOK_EVERY_MILLIS = 2_000;
    private static final String KEY = "procmon.requirements.dir";

    private final Optional<Path> directory;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("course-files").daemon().factory());
    private Future<?> looks = CompletableFuture.completedFuture(null);
    private Map<String, String> texts = Map.of();
    private final DiagnosticsLevel allowed;
    private final Set<MirrorOffer> mirror;
    private volatile List<Course> courses = List.of();
    private final AtomicInteger revision = new AtomicInteger();

    /** @throws InvalidConfiguration if a file contains a mistake */
    @Inject
    public Courses(ProcmonConfig config) {
        directory = config.requirements().dir();
        allowed = config.diagnostics().level();
        mirror = offers(config.mirror());
        if (directory.isPresent()) {
            if (!Files.isDirectory(directory.get())) {
                throw new InvalidConfiguration(
                        KEY, directory.get(), "must be a directory, with a file for each course");
            }
            try {
                look(directory.get());
            } catch (InvalidCourseFile e) {
                throw new InvalidConfiguration(KEY, directory.get(), e.getMessage());
            } catch (IOException e) {
                throw new InvalidConfiguration(KEY, directory.get(), "it cannot be read: " + e.getMessage());
            }
        }
    }

    private static Set<MirrorOffer> offers(ProcmonConfig.Mirror config) {
        Set<MirrorOffer> offers = EnumSet.noneOf(MirrorOffer.class);
        if (config.keyFile().isPresent()) {
            offers.add(MirrorOffer.SHOWN);
            if (config.optingOut()) {
                offers.add(MirrorOffer.OPTING_OUT);
            }
            if (config.deletion()) {
                offers.add(MirrorOffer.DELETION);
            }
        }
        return Set.copyOf(offers);
    }

    void begin(@Observes StartupEvent event) {
        if (directory.isPresent()) {
            looks = thread.scheduleWithFixedDelay(
                    this::lookAgain, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @PreDestroy
    void stop() {
        looks.cancel(true);
        thread.shutdownNow();
    }

    /** A number that changes with the requirements. */
    public int revision() {
        return revision.get();
    }

    /** The requirements of a course, one for each of its files. */
    public List<Course> of(String course) {
        return courses.stream().filter(it -> it.name().equals(course)).toList();
    }

    /** The requirements for a student's homework; empty if no course has any for it. */
    public Optional<HomeworkRequirements> of(Student student, String homework) {
        return courses.stream()
                .flatMap(course -> course.of(student, homework).stream())
                .findFirst();
    }

    /**
     * The most detailed level of standard error that may be kept for a student. A course can lower the operator's
     * level, but not raise it. The lowest level of all files that apply to the student is used.
     */
    public DiagnosticsLevel diagnostics(Student student) {
        return courses.stream()
                .filter(course -> course.includes(student))
                .flatMap(course -> course.diagnostics().stream())
                .reduce(allowed, DiagnosticsLevel::atMost);
    }

    /**
     * The offers to a student by a mirror link. A course can withdraw what the operator allows, but not add to it. An
     * offer needs all files that apply to the student.
     */
    public Set<MirrorOffer> mirror(Student student) {
        Set<MirrorOffer> offers = EnumSet.noneOf(MirrorOffer.class);
        offers.addAll(mirror);
        courses.stream()
                .filter(course -> course.includes(student))
                .flatMap(course -> course.mirror().stream())
                .forEach(offers::retainAll);
        return offers;
    }

    /** The time zone of a student's course; without one in a file, that of this machine. */
    public ZoneId zone(Student student) {
        return courses.stream()
                .filter(course -> course.includes(student))
                .flatMap(course -> course.zone().stream())
                .findFirst()
                .orElseGet(ZoneId::systemDefault);
    }

    /** Reads the files again if they have changed. An exception is logged, so that the next check still runs. */
    void lookAgain() {
        try {
            look(directory.orElseThrow());
        } catch (InvalidCourseFile | IOException | RuntimeException e) {
            Log.warnf("the courses' requirements are unchanged, because a file is invalid: %s", e.getMessage());
        }
    }

    /** Reads all files if one of them has changed. All mistakes in all files are reported together. */
    private synchronized void look(Path directory) throws InvalidCourseFile, IOException {
        Map<String, String> now = read(directory);
        if (now.equals(texts)) {
            return;
        }
        texts = now;
        List<Course> read = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, String> file : now.entrySet()) {
            try {
                read.add(CourseFile.read(file.getKey(), file.getValue()));
            } catch (InvalidCourseFile invalid) {
                problems.add(invalid.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidCourseFile(String.join("; ", problems));
        }
        courses = List.copyOf(read);
        revision.incrementAndGet();
        Log.infof("%d courses with requirements were read from %s", courses.size(), directory);
    }

    private static Map<String, String> read(Path directory) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.{yaml,yml}")) {
            for (Path file : files) {
                texts.put(directory.relativize(file).toString(), text(file));
            }
        }
        return texts;
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file.getFileName() + " is not UTF-8", e);
        }
    }
}
