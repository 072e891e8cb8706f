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

/** What the builds of one student wrote. It knows how much memory it takes, and what it has forgotten. One thread. */
final class StudentBuilds {

    /** PATH_MAX, include/uapi/linux/limits.h: no file can be opened by a longer name. */
    private static final int PATH_MAX = 4096;

    /** Builds whose program was not found. Most students have none. */
    private static final int UNLOCATED_MAX = 64;

    /** Of a student of whom nothing is remembered, with all that could be unlocated, in bytes. */
    private static final long OVERHEAD = 512 + 96 * UNLOCATED_MAX;

    /** By what a file is known. */
    private sealed interface Name {

        /** How the command line called it. */
        record Path(ContainerPath path) implements Name {}

        /** What is in it. */
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

    /** @param forgottenUntil until when builds of this student may have been forgotten already */
    StudentBuilds(Instant forgottenUntil) {
        this.forgottenUntil = forgottenUntil;
    }

    int size() {
        return files.size();
    }

    /** About how many bytes of the heap it takes. */
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

    /** The path leads to the file, unless it is longer than the path of any file. */
    void put(ContainerPath path, WrittenFile file) {
        if (path.value().length() < PATH_MAX) {
            put(new Name.Path(path), file);
        }
    }

    /** The file that was written at a path at a time, if procmon has not found it. */
    Optional<WrittenFile> find(ContainerPath path, Instant stamp) {
        return find(path)
                .filter(file -> file.contents().isEmpty() && file.written().includes(stamp));
    }

    /** The file of this name that a program is a copy of. */
    Optional<WrittenFile> findLike(Executable program) {
        String name = program.path().fileName();
        return files.entrySet().stream()
                .filter(file -> file.getKey() instanceof Name.Path(var path)
                        && path.fileName().equals(name)
                        && file.getValue().isLike(program))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The contents are those of the file. */
    void put(FileId contents, WrittenFile file) {
        put(new Name.Contents(contents), file);
    }

    private void put(Name name, WrittenFile file) {
        WrittenFile before = files.put(name, file);
        bytes += file.bytes();
        bytes += before == null ? name.bytes() : -before.bytes();
    }

    /** The path leads nowhere any more. */
    void remove(ContainerPath path) {
        Name name = new Name.Path(path);
        WrittenFile before = files.remove(name);
        if (before != null) {
            bytes -= name.bytes() + before.bytes();
        }
    }

    /** A build wrote a program, but procmon did not find it. */
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

    /** Until when files may have been written that are forgotten. */
    Instant forgottenUntil() {
        return forgottenUntil;
    }

    /** Until when builds of this student may be forgotten, once the student is. */
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
