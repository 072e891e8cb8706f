package io.procmon.join;

import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.FoundFile;
import io.procmon.events.ImageKey;
import io.procmon.handlers.WrittenFiles;
import io.procmon.join.WrittenFile.Period;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Follows the files of builds through the tools that copy, move or rewrite them. A call of such a tool is not an
 * activity.
 *
 * <p>A tool runs for about a millisecond, so procmon may read its exec record after its end. The input files are
 * therefore known by path, the output files by contents. Used by one thread.
 */
final class FileTools {

    /** A limit above the number of tools that run at a time. A tool that became another program has no end. */
    private static final int RUNNING_MAX = 1024;

    /**
     * A file that a tool writes.
     *
     * @param sources the files that it may be made from, the likeliest first; none if no build wrote them
     */
    private record Writing(Transfer transfer, List<WrittenFile> sources) {}

    private record RunningTool(ExecRecord exec, Student student, List<Writing> writings) {}

    private final Builds builds;
    private final ContainerFiles files;
    private final WrittenFiles written;
    private final Map<ImageKey, RunningTool> running = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ImageKey, RunningTool> eldest) {
            return size() > RUNNING_MAX;
        }
    };

    FileTools(Builds builds, ContainerFiles files, WrittenFiles written) {
        this.written = written;
        this.builds = builds;
        this.files = files;
    }

    /** A program started that is neither an activity nor part of a build. */
    void began(ExecRecord exec) {
        Optional<Student> student = builds.owner(exec);
        if (student.isEmpty()) {
            return; // no build was seen in this container
        }
        FileTool.of(exec).ifPresent(call -> {
            try (ProcessFiles seen = files.of(exec)) {
                List<Writing> writings = call.transfers(seen).stream()
                        .flatMap(transfer -> writings(exec, student.get(), transfer, seen).stream())
                        .toList();
                if (!writings.isEmpty()) {
                    running.put(exec.image(), new RunningTool(exec, student.get(), writings));
                }
            }
        });
    }

    private List<Writing> writings(ExecRecord exec, Student student, Transfer transfer, ProcessFiles seen) {
        ContainerPath to = seen.resolveEntry(transfer.to());
        List<Writing> writings = new ArrayList<>();
        List<List<WrittenFile>> sources = new ArrayList<>();
        for (ContainerPath named : transfer.from()) {
            ContainerPath from = seen.resolveEntry(named);
            List<WrittenFile> entry = sources(exec, student, from);
            sources.add(entry.isEmpty() ? sources(exec, student, seen.resolve(named)) : entry);
            if (transfer.deep()) {
                builds.within(student, from)
                        .forEach((path, file) -> writings.add(new Writing(
                                new Transfer(
                                        List.of(path),
                                        to.resolve(path.value()
                                                .substring(from.value().length() + 1)),
                                        transfer.moves(),
                                        transfer.keepsTime(),
                                        false),
                                List.of(file))));
            }
        }
        writings.add(new Writing(
                new Transfer(
                        transfer.from().stream().map(seen::resolveEntry).toList(),
                        to,
                        transfer.moves(),
                        transfer.keepsTime(),
                        false),
                together(sources)));
        return writings;
    }

    /**
     * The files of builds that may have been at a path when the tool started. If the tool has already changed the file, the
     * path decides. If another tool has moved a file there since, the path is right and the contents are wrong.
     */
    private List<WrittenFile> sources(ExecRecord exec, Student student, ContainerPath path) {
        Optional<WrittenFile> byPath = builds.find(student, path);
        Optional<FoundFile> now = files.find(exec, path);
        if (now.isEmpty()) {
            return byPath.stream().toList();
        }
        FoundFile file = now.get();
        Optional<WrittenFile> byContents = builds.find(student, file.id());
        if (byContents.isPresent()) {
            return Stream.concat(
                            byContents.stream(),
                            byPath.filter(it -> it.contents().isEmpty()).stream())
                    .toList();
        }
        boolean changed = !file.modifiedAt().isBefore(exec.at().utc().minus(WrittenFile.TICK));
        return byPath.stream()
                .filter(it ->
                        changed || (it.contents().isEmpty() && it.written().includes(file.modifiedAt())))
                .toList();
    }

    /** The sources of a file that is made from several files: those of all of them. */
    private static List<WrittenFile> together(List<List<WrittenFile>> sources) {
        if (sources.size() == 1) {
            return sources.getFirst();
        }
        List<WrittenFile> files =
                sources.stream().flatMap(each -> each.stream().limit(1)).toList();
        if (files.size() < 2) {
            return files;
        }
        Set<ContainerPath> all = new LinkedHashSet<>();
        files.forEach(file -> all.addAll(file.sources()));
        WrittenFile last = files.getLast();
        return List.of(
                new WrittenFile(last.build(), last.end(), last.written(), Builds.bounded(all), Optional.empty()));
    }

    /** An image has ended. It may be a tool. */
    void ended(ExitRecord exit) {
        RunningTool tool = running.remove(exit.image());
        if (tool == null) {
            return;
        }
        Period period = new Period(tool.exec().at().utc(), exit.at().utc());
        Map<Writing, FoundFile> found = new HashMap<>();
        for (Writing writing : tool.writings()) {
            files.find(tool.exec(), writing.transfer().to()).ifPresent(file -> found.put(writing, file));
        }
        for (Writing writing : tool.writings()) {
            if (found.containsKey(writing)) {
                wrote(tool, writing, period, found.get(writing));
            } else if (found.isEmpty() && exit.status().isSuccess()) {
                wroteUnseen(tool, writing, period);
            }
        }
    }

    private void wrote(RunningTool tool, Writing writing, Period period, FoundFile seen) {
        Instant stamp = seen.modifiedAt();
        Optional<WrittenFile> known = builds.find(tool.student(), seen.id());
        if (known.isPresent()) { // a move or a link: the contents have not changed
            copied(tool, writing, known.get(), Optional.of(seen));
            return;
        }
        List<WrittenFile> copies = copies(writing, period);
        Optional<WrittenFile> copy =
                copies.stream().filter(it -> it.written().includes(stamp)).findFirst();
        if (copies.isEmpty()) {
            builds.overwritten(tool.student(), writing.transfer().to());
        } else if (copy.isPresent()) {
            copied(tool, writing, copy.get(), Optional.of(seen));
        } else if (stamp.isAfter(period.to())) { // another program has written there since
            copied(tool, writing, copies.getFirst(), Optional.empty());
        }
    }

    /** The tool has ended, but procmon cannot look into the container. */
    private void wroteUnseen(RunningTool tool, Writing writing, Period period) {
        copies(writing, period).stream()
                .findFirst()
                .ifPresentOrElse(
                        copy -> copied(tool, writing, copy, Optional.empty()),
                        () -> builds.overwritten(
                                tool.student(), writing.transfer().to()));
    }

    private static List<WrittenFile> copies(Writing writing, Period period) {
        return writing.sources().stream()
                .map(source -> source.copied(writing.transfer().keepsTime() ? source.written() : period))
                .toList();
    }

    private void copied(RunningTool tool, Writing writing, WrittenFile copy, Optional<FoundFile> seen) {
        writing.transfer()
                .from()
                .forEach(from ->
                        written.copied(tool.student(), from, writing.transfer().to()));
        if (writing.transfer().moves()) {
            writing.transfer().from().forEach(from -> builds.overwritten(tool.student(), from));
        }
        builds.copied(tool.student(), writing.transfer().to(), copy, seen);
    }
}
