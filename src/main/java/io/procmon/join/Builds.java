package io.procmon.join;

import io.procmon.events.BuiltBy;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.ExitRecord;
import io.procmon.events.FileId;
import io.procmon.events.FoundFile;
import io.procmon.events.Provenance.Gap;
import io.procmon.events.Started;
import io.procmon.join.WrittenFile.Period;
import io.procmon.parser.Command;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Remembers the files that builds wrote. It finds the build that wrote the program of a run, and the sources of the
 * objects that a linker links.
 *
 * <p>A program is attributed to a build only if two facts hold: its contents were last changed while that build ran,
 * and it is the very file that procmon found at the build's output path. The file may have another name by now. If
 * procmon could not look at the output, the path alone decides until the program first runs from there. If the origin
 * is in doubt, it stays empty.
 *
 * <p>All students share one budget in bytes. When it is spent, the student with the most bytes loses the file that has
 * been idle longest. One thread changes and queries the files; any thread may read the counts.
 */
public final class Builds {

    /**
     * The number of sources that are kept for one build: more than a homework has, and few enough for the memory
     * budget.
     */
    public static final int SOURCES_MAX = 256;

    /** The bytes of the paths of these sources. Paths in a deep directory are long. */
    private static final long SOURCES_BYTES_MAX = 128 << 10;

    /**
     * The default budget. A compiled file takes about 600 bytes, a program of ten sources 3 kB; the native executable
     * has a heap of 64 MiB.
     */
    private static final long BYTES_MAX = 12 << 20;

    private final Map<Student, StudentBuilds> students = new HashMap<>();
    private final Map<String, Student> owners = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Student> eldest) {
            return size() > WatchedTime.CONTAINERS_MAX;
        }
    };
    private final long bytesMax;
    private long bytes;
    private Instant forgottenUntil = Instant.MIN;
    private final AtomicInteger remembered = new AtomicInteger();
    private final AtomicLong forgotten = new AtomicLong();

    public Builds() {
        this(BYTES_MAX);
    }

    /** @param bytesMax the budget of all students, in bytes */
    Builds(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** The number of files that are remembered now. */
    public int remembered() {
        return remembered.get();
    }

    /** The number of files that were dropped because the budget was spent. */
    public long forgotten() {
        return forgotten.get();
    }

    /** The program that a build links. A build that writes several files links no program. */
    static Optional<ContainerPath> program(Command.Compile command) {
        return command.makesProgram() && command.outputs().size() == 1
                ? Optional.of(command.outputs().getFirst())
                : Optional.empty();
    }

    /**
     * Remembers the files that a build, or a part of a build, wrote, if it ended well.
     *
     * @param builds the build that ended, then each build that it is a part of; the student's own build is last: {@code
     * cc}, rustc, cargo
     * @param seen the file that was last found at the output path of the program; it may be older than the build
     */
    void ended(List<RunningBuild> builds, ExitRecord end, Optional<FoundFile> seen) {
        if (!end.status().isSuccess()) {
            return;
        }
        RunningBuild writer = builds.getFirst();
        Student student = writer.started().origin().student();
        owners.put(WatchedTime.container(writer.started().origin().exec()), student);
        Period period =
                new Period(writer.started().origin().exec().at().utc(), end.at().utc());
        WrittenFile file = new WrittenFile(
                builds.getLast().started().eventId(), end.at(), period, sources(builds, student), Optional.empty());
        Optional<FoundFile> program =
                seen.filter(it -> !it.modifiedAt().isBefore(period.from()) && period.includes(it.modifiedAt()));
        change(student, files -> {
            program.ifPresent(contents -> files.put(contents.id(), file));
            if (program.isEmpty() && writer.command().makesProgram()) {
                files.unlocated(period);
            }
            for (ContainerPath output : writer.command().outputs()) {
                files.put(output, program.map(file::foundAs).orElse(file));
            }
        });
    }

    /** The build that wrote the program of a run; empty if no such build is known. */
    Optional<BuiltBy> of(Started run) {
        Executable program = run.origin().exec().call().executable();
        return of(run, program.id())
                .or(() -> byPath(run.origin().student(), program)
                        .or(() -> byLikeness(run.origin().student(), program))
                        .map(file -> builtBy(file, run)));
    }

    /** The same for a file that procmon has found itself, because the exec record names another file. */
    Optional<BuiltBy> of(Started run, FileId program) {
        return find(run.origin().student())
                .flatMap(files -> files.find(program))
                .map(file -> builtBy(file, run));
    }

    private static BuiltBy builtBy(WrittenFile file, Started run) {
        return new BuiltBy(file.build(), file.end().until(run.origin().exec().at()), List.copyOf(file.sources()));
    }

    /** The reason why a build may have written the program of a run although no such build is known. */
    Optional<Gap> gap(Started run) {
        Instant stamp = run.origin().exec().call().executable().modifiedAt();
        if (stamp.isAfter(run.origin().exec().at().utc())) {
            return Optional.of(Gap.UNREADABLE); // a program has set the time
        }
        Optional<StudentBuilds> files = find(run.origin().student());
        if (!stamp.isAfter(files.map(StudentBuilds::forgottenUntil).orElse(forgottenUntil))) {
            return Optional.of(Gap.FORGOTTEN);
        }
        if (files.filter(known -> known.mayHaveWritten(stamp)).isPresent()) {
            return Optional.of(Gap.UNREADABLE);
        }
        long bytes = run.origin().exec().call().executable().bytes();
        return files.filter(known -> known.haveSize(bytes)).map(_ -> Gap.POSSIBLE_COPY);
    }

    /**
     * Looks a program up by path and time. If it is found, its contents are known from now on, and the path alone no
     * longer counts.
     */
    private Optional<WrittenFile> byPath(Student student, Executable program) {
        Optional<WrittenFile> written = find(student).flatMap(files -> files.findAtPathOf(program));
        written.ifPresent(file -> change(student, files -> {
            files.put(program.path(), file.foundAs(new FoundFile(program.id(), program.bytes(), program.device())));
            files.put(program.id(), file);
        }));
        return written;
    }

    /**
     * Finds the original of a copy that no known tool made. CMake, for example, copies the files that it installs
     * itself.
     */
    private Optional<WrittenFile> byLikeness(Student student, Executable program) {
        Optional<WrittenFile> original = find(student).flatMap(files -> files.findLike(program));
        original.ifPresent(file -> change(student, files -> files.put(program.id(), file)));
        return original;
    }

    /**
     * Collects the sources: first those of the build itself, then those of the objects and libraries that it links,
     * then those of the build above it. In a part of a build, only sources in the homework count: GHC runs {@code cc}
     * on C files in {@code /tmp}, which are not the student's. A file that a build wrote is no source there: GCC runs
     * itself on the objects of a program that is optimised as a whole ({@code -flto}).
     */
    private Set<ContainerPath> sources(List<RunningBuild> builds, Student student) {
        Sources sources = new Sources();
        String homework = "/" + builds.getLast().started().homework() + "/";
        for (RunningBuild build : builds) {
            boolean isPart = !build.equals(builds.getLast());
            build.command().sources().stream()
                    .map(Source::path)
                    .filter(path -> !isPart
                            || (path.value().contains(homework)
                                    && find(student, path).isEmpty()))
                    .forEach(sources::add);
            for (ContainerPath input : build.command().inputs()) {
                find(student, input).ifPresent(object -> object.sources().forEach(sources::add));
            }
            build.command()
                    .settings()
                    .libraryFiles()
                    .flatMap(files -> files.flatMap(file -> find(student, file).stream())
                            .limit(1)) // the linker takes the first that exists
                    .forEach(library -> library.sources().forEach(sources::add));
        }
        return sources.paths;
    }

    /** Collects sources up to both limits. */
    private static final class Sources {

        private final Set<ContainerPath> paths = new LinkedHashSet<>();
        private long bytes;

        void add(ContainerPath source) {
            long more = WrittenFile.bytes(source);
            if (paths.size() < SOURCES_MAX && bytes + more <= SOURCES_BYTES_MAX && paths.add(source)) {
                bytes += more;
            }
        }
    }

    /** The student whose builds were seen in the container of an exec. */
    Optional<Student> owner(ExecRecord exec) {
        return Optional.ofNullable(owners.get(WatchedTime.container(exec)));
    }

    /** The file that a build wrote at a path. */
    Optional<WrittenFile> find(Student student, ContainerPath path) {
        return find(student).flatMap(files -> files.find(path));
    }

    /** The file that a build wrote with these contents. */
    Optional<WrittenFile> find(Student student, FileId contents) {
        return find(student).flatMap(files -> files.find(contents));
    }

    /** The files that builds wrote below a directory. */
    Map<ContainerPath, WrittenFile> within(Student student, ContainerPath directory) {
        return find(student).map(files -> files.within(directory)).orElse(Map.of());
    }

    /** A tool copied the file of a build to a path. */
    void copied(Student student, ContainerPath path, WrittenFile file, Optional<FoundFile> seen) {
        change(student, files -> {
            seen.ifPresent(contents -> files.put(contents.id(), file));
            if (seen.isEmpty()) {
                files.unlocated(file.written());
            }
            files.put(path, seen.map(file::foundAs).orElse(file));
        });
    }

    /** A tool removed or replaced the file that a build wrote at a path. */
    void overwritten(Student student, ContainerPath path) {
        if (find(student, path).isPresent()) {
            change(student, files -> files.remove(path));
        }
    }

    /** The first sources of a set, up to both limits. */
    static Set<ContainerPath> bounded(Set<ContainerPath> paths) {
        Sources sources = new Sources();
        paths.forEach(sources::add);
        return sources.paths;
    }

    private Optional<StudentBuilds> find(Student student) {
        return Optional.ofNullable(students.get(student));
    }

    private void change(Student student, Consumer<StudentBuilds> change) {
        StudentBuilds known = students.get(student);
        StudentBuilds files = known == null ? new StudentBuilds(forgottenUntil) : known;
        students.put(student, files);
        long bytesBefore = known == null ? 0 : known.bytes();
        int sizeBefore = files.size();
        change.accept(files);
        bytes += files.bytes() - bytesBefore;
        remembered.addAndGet(files.size() - sizeBefore);
        while (bytes > bytesMax) {
            forgetOfTheLargest();
        }
    }

    /** Drops the idlest file of the student with the most bytes. A student without files is dropped, too. */
    private void forgetOfTheLargest() {
        Map.Entry<Student, StudentBuilds> largest = students.entrySet().stream()
                .max(Comparator.comparingLong(student -> student.getValue().bytes()))
                .orElseThrow();
        StudentBuilds files = largest.getValue();
        bytes -= files.bytes();
        if (files.size() > 0) {
            files.forgetIdle();
            bytes += files.bytes();
            remembered.decrementAndGet();
            forgotten.incrementAndGet();
        } else {
            students.remove(largest.getKey());
            Instant lastBuild = files.lastBuild();
            forgottenUntil = lastBuild.isAfter(forgottenUntil) ? lastBuild : forgottenUntil;
        }
    }
}
