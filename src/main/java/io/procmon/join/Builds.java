package io.procmon.join;

import io.procmon.events.BuiltBy;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.ExitRecord;
import io.procmon.events.FileId;
import io.procmon.events.Moment;
import io.procmon.events.Started;
import io.procmon.parser.Command;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What builds wrote: where a run finds the build that its program comes from, and a link the sources of its objects.
 *
 * <p>A program is taken for a build's only if its contents were last changed while that build ran, and if it is the very
 * file that was seen where the build was to write, whatever its name is now. Of a build whose output nobody could look
 * at, only the path tells, until the program first runs from there. A claim that might be wrong is not made.
 *
 * <p>The file that has been idle longest is forgotten first. One thread remembers and asks; the counts are for any
 * thread.
 */
public final class Builds {

    /** Sources kept of one build: more than any homework has, fewer than would fill the memory. */
    public static final int SOURCES_MAX = 256;

    /** Some 250 bytes each; a build has one or two. */
    private static final int FILES_MAX = 32_768;

    /** PATH_MAX, include/uapi/linux/limits.h: no file can be opened by a longer name. */
    private static final int PATH_MAX = 4096;

    /**
     * A file is stamped with the time of the last timer tick (current_time() in fs/inode.c), which comes every 10 ms
     * where CONFIG_HZ is at its lowest.
     */
    private static final Duration TICK = Duration.ofMillis(10);

    /** By what a file is known. */
    private sealed interface Name {

        /** What the command line called it. */
        record Path(Student student, ContainerPath path) implements Name {}

        /** What is in it. */
        record Contents(Student student, FileId file) implements Name {}
    }

    /**
     * A build that ended well.
     *
     * @param identified whether the program that it wrote is known by its contents
     */
    private record Built(UUID eventId, Moment begin, Moment end, Set<ContainerPath> sources, boolean identified) {

        /** Whether a file with this stamp may have been written by it, if nobody else has written the file since. */
        boolean ranWhen(Instant stamp) {
            return hadBegun(stamp.plus(TICK)) && !stamp.isAfter(end.utc());
        }

        boolean hadBegun(Instant moment) {
            return !moment.isBefore(begin.utc());
        }

        Built asIdentified() {
            return new Built(eventId, begin, end, sources, true);
        }
    }

    private final SequencedMap<Name, Built> files = new LinkedHashMap<>(64, 0.75f, true);
    private final int filesMax;
    private final AtomicInteger remembered = new AtomicInteger();
    private final AtomicLong forgotten = new AtomicLong();

    public Builds() {
        this(FILES_MAX);
    }

    Builds(int filesMax) {
        this.filesMax = filesMax;
    }

    /** How many files are remembered now. */
    public int remembered() {
        return remembered.get();
    }

    /** How many files had to make room for others. */
    public long forgotten() {
        return forgotten.get();
    }

    /** The program that a build links; of one that makes several files, none is a program. */
    static Optional<ContainerPath> program(Command.Compile command) {
        return command.makesProgram() && command.outputs().size() == 1
                ? Optional.of(command.outputs().getFirst())
                : Optional.empty();
    }

    /**
     * Remembers what a build, or a part of one, wrote, if it ended well.
     *
     * @param builds the one that ended, then what it is a part of, the student's own last: {@code cc}, rustc, cargo
     * @param seen what was last seen where it was to write its program; may be older than the build
     */
    void ended(List<RunningBuild> builds, ExitRecord end, Optional<FileId> seen) {
        if (!end.status().isSuccess()) {
            return;
        }
        RunningBuild writer = builds.getFirst();
        Student student = writer.started().origin().student();
        Built built = new Built(
                builds.getLast().started().eventId(),
                writer.started().origin().exec().at(),
                end.at(),
                sources(builds, student),
                false);
        Optional<FileId> program = seen.map(FileId::modifiedAt)
                .filter(stamp -> built.hadBegun(stamp) && built.ranWhen(stamp))
                .flatMap(_ -> seen);
        program.ifPresent(file -> remember(new Name.Contents(student, file), built));
        for (ContainerPath output : writer.command().outputs()) {
            if (output.value().length() < PATH_MAX) {
                remember(new Name.Path(student, output), program.isEmpty() ? built : built.asIdentified());
            }
        }
    }

    /** The build that wrote the program which runs; empty if none is known to have. */
    Optional<BuiltBy> of(Started run) {
        Student student = run.origin().student();
        ExecRecord exec = run.origin().exec();
        return find(new Name.Contents(student, exec.executable().id()))
                .or(() -> byPath(student, exec.executable()))
                .map(built -> new BuiltBy(built.eventId(), built.end().until(exec.at()), List.copyOf(built.sources())));
    }

    /** From now on its contents are known, and nothing else counts. */
    private Optional<Built> byPath(Student student, Executable program) {
        Name.Path path = new Name.Path(student, program.path());
        Optional<Built> written =
                find(path).filter(built -> !built.identified() && built.ranWhen(program.modifiedAt()));
        written.ifPresent(built -> {
            remember(path, built.asIdentified());
            remember(new Name.Contents(student, program.id()), built);
        });
        return written;
    }

    /** First its own sources, then those of the objects and libraries that it links, then those of the build above it. */
    private Set<ContainerPath> sources(List<RunningBuild> builds, Student student) {
        Set<ContainerPath> sources = new LinkedHashSet<>();
        for (RunningBuild build : builds) {
            addUpToMax(
                    sources,
                    build.command().sources().stream().map(Source::path).toList());
            for (ContainerPath input : build.command().inputs()) {
                find(new Name.Path(student, input)).ifPresent(object -> addUpToMax(sources, object.sources()));
            }
            build.command()
                    .settings()
                    .libraryFiles()
                    .flatMap(files -> files.flatMap(file -> find(new Name.Path(student, file)).stream())
                            .limit(1)) // the linker takes the first that exists
                    .forEach(library -> addUpToMax(sources, library.sources()));
        }
        return sources;
    }

    private static void addUpToMax(Set<ContainerPath> sources, Iterable<ContainerPath> more) {
        for (ContainerPath source : more) {
            if (sources.size() == SOURCES_MAX) {
                return;
            }
            sources.add(source);
        }
    }

    private Optional<Built> find(Name name) {
        return Optional.ofNullable(files.get(name));
    }

    private void remember(Name name, Built built) {
        files.put(name, built);
        if (files.size() > filesMax) {
            files.pollFirstEntry();
            forgotten.incrementAndGet();
        }
        remembered.set(files.size());
    }
}
