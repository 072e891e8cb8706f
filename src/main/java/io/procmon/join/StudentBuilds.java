package io.procmon.join;

import io.procmon.events.Executable;
import io.procmon.events.FileId;
import io.procmon.join.WrittenFile.Period;
import io.procmon.process.ContainerPath;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The files that the builds of one student wrote. It counts the memory that they take, and records which times it has
 * forgotten. Used by one thread.
 */
final class StudentBuilds {

    /** PATH_MAX of include/uapi/linux/limits.h: a longer path opens no file. */
    private static final int PATH_MAX = 4096;

    /** The limit of builds whose program was not found. Most students have none. */
    private static final int UNLOCATED_MAX = 64;

    /** The bytes of a student without files, including the largest list of builds whose program was not found. */
    private static final long OVERHEAD = 512 + 96 * UNLOCATED_MAX;

    /** The key of a file. */
    private sealed interface Name {

        /** The path on the command line. */
        record Path(ContainerPath path) implements Name {}

        /** The contents. */
        record Contents(FileId file) implements Name {}

        default long bytes() {
            return switch (this) {
                case Path(var path) -> WrittenFile.bytes(path);
                case Contents _ -> 0;
            };
        }
    }

    private final SequencedMap<Name, WrittenFile> files = new LinkedHashMap<>(16, 0.75f, true);
    private final Deque<Period> unlocated = new ArrayDeque<>();
    private Instant forgottenUntil;
    private long bytes = OVERHEAD;

    /** @param forgottenUntil the time up to which builds of this student may have been forgotten already */
    StudentBuilds(Instant forgottenUntil) {
        this.forgottenUntil = forgottenUntil;
    }

    int size() {
        return files.size();
    }

    /** The approximate size in the heap, in bytes. */
    long bytes() {
        return bytes;
    }

    Optional<WrittenFile> find(ContainerPath path) {
        return Optional.ofNullable(files.get(new Name.Path(path)));
    }

    Optional<WrittenFile> find(FileId file) {
        return Optional.ofNullable(files.get(new Name.Contents(file)));
    }

    /** The files below a directory, by their paths. */
    Map<ContainerPath, WrittenFile> within(ContainerPath directory) {
        Map<ContainerPath, WrittenFile> found = new HashMap<>();
        files.forEach((name, file) -> {
            if (name instanceof Name.Path(var path) && path.isWithin(directory) && !path.equals(directory)) {
                found.put(path, file);
            }
        });
        return found;
    }

    /** Remembers the file at a path, unless the path is longer than PATH_MAX. */
    void put(ContainerPath path, WrittenFile file) {
        if (path.value().length() < PATH_MAX) {
            put(new Name.Path(path), file);
        }
    }

    /**
     * Finds the file that was written at the path of a program, if the program was last changed while it was written.
     * If procmon has found a file there, it must be the same one: the linker may have written more of it afterwards.
     */
    Optional<WrittenFile> findAtPathOf(Executable program) {
        return find(program.path())
                .filter(file -> file.contents()
                                .filter(found -> found.id().inode() != program.inode())
                                .isEmpty()
                        && file.written().includes(program.modifiedAt()));
    }

    /** Whether a build wrote a program of this size. */
    boolean haveSize(long bytes) {
        return files.values().stream()
                .anyMatch(file ->
                        file.contents().filter(found -> found.bytes() == bytes).isPresent());
    }

    /** Finds a file of the same name that a program is probably a copy of. */
    Optional<WrittenFile> findLike(Executable program) {
        String name = program.path().fileName();
        return files.entrySet().stream()
                .filter(file -> file.getValue().isLike(program)
                        && file.getKey() instanceof Name.Path(var path)
                        && path.fileName().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Remembers the file with these contents. */
    void put(FileId contents, WrittenFile file) {
        put(new Name.Contents(contents), file);
    }

    private void put(Name name, WrittenFile file) {
        WrittenFile before = files.put(name, file);
        bytes += file.bytes();
        bytes += before == null ? name.bytes() : -before.bytes();
    }

    /** Forgets the file at a path. */
    void remove(ContainerPath path) {
        Name name = new Name.Path(path);
        WrittenFile before = files.remove(name);
        if (before != null) {
            bytes -= name.bytes() + before.bytes();
        }
    }

    /** Notes a build that wrote a program which procmon did not find. */
    void unlocated(Period build) {
        if (unlocated.size() == UNLOCATED_MAX) {
            forgot(unlocated.removeFirst());
        }
        unlocated.addLast(build);
    }

    /** Forgets the file that has been idle longest. */
    void forgetIdle() {
        Map.Entry<Name, WrittenFile> idle = files.pollFirstEntry();
        bytes -= idle.getKey().bytes() + idle.getValue().bytes();
        forgot(idle.getValue().written());
    }

    private void forgot(Period period) {
        if (period.to().isAfter(forgottenUntil)) {
            forgottenUntil = period.to();
        }
    }

    /** The time up to which files may have been written that are forgotten now. */
    Instant forgottenUntil() {
        return forgottenUntil;
    }

    /** The time up to which builds of this student may be forgotten when the student is dropped. */
    Instant lastBuild() {
        return unlocated.isEmpty() || forgottenUntil.isAfter(unlocated.getLast().to())
                ? forgottenUntil
                : unlocated.getLast().to();
    }

    /** Whether a build whose program was not found may have written contents of that time. */
    boolean mayHaveWritten(Instant stamp) {
        return unlocated.stream().anyMatch(build -> build.includes(stamp));
    }
}
