package io.procmon.procfs;

import io.procmon.events.CrashDump;
import io.procmon.events.FileId;
import io.procmon.procfs.PathResolution.Found;
import io.procmon.procfs.PathResolution.View;
import io.procmon.symbols.FileContents;
import io.procmon.symbols.ProgramFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The files of a process' code. The rules are those of {@link SeenFiles}: the process may read the file, and its file
 * system belongs to the node, or is a network file system that answers in time. The file must be the mapped one: inode
 * number, modification time and size are equal.
 */
final class MappedFiles implements ProgramFiles {

    private final FileCalls calls;
    private final Disks disks;
    private final Supplier<Optional<View>> opener;
    private final PathResolution paths;
    private final List<Integer> descriptors = new ArrayList<>();
    private Optional<View> view = Optional.empty();
    private boolean opened;

    /** @param opener opens the root directory, with the credentials that count */
    MappedFiles(FileCalls calls, Disks disks, Supplier<Optional<View>> opener) {
        this.calls = calls;
        this.disks = disks;
        this.opener = opener;
        paths = new PathResolution(calls, disks);
    }

    @Override
    public Optional<FileContents> open(CrashDump.Code mapping) {
        return openView()
                .flatMap(known -> mapping.path()
                        .flatMap(path -> paths.find(known, path, false))
                        .flatMap(found -> open(known, found, mapping)));
    }

    private Optional<FileContents> open(View known, Found found, CrashDump.Code mapping) {
        descriptors.add(found.descriptor());
        FileStatus status = found.status();
        boolean isTheSame = status.isRegular()
                && status.size() == mapping.size()
                && new FileId(status.inode(), status.modifiedAt()).equals(mapping.file());
        if (!isTheSame || !disks.reach(status) || !paths.mayRead(known, found)) {
            return Optional.empty();
        }
        OptionalInt file = disks.ask(
                        status,
                        found.descriptor(),
                        its -> its.openToRead(found.descriptor()).stream()
                                .boxed()
                                .findFirst(),
                        FileCalls::close)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
        file.ifPresent(descriptors::add);
        return file.isPresent() ? Optional.of(contents(file.getAsInt(), status)) : Optional.empty();
    }

    private FileContents contents(int file, FileStatus status) {
        return new FileContents() {
            @Override
            public long size() {
                return status.size();
            }

            @Override
            public Optional<byte[]> read(long offset, int length) {
                return disks.ask(status, file, its -> its.read(file, offset, length));
            }
        };
    }

    private Optional<View> openView() {
        if (!opened) {
            opened = true;
            view = opener.get();
        }
        return view;
    }

    @Override
    public void close() {
        descriptors.forEach(calls::close);
        descriptors.clear();
        view.map(View::root).ifPresent(calls::close);
        view = Optional.empty();
        opened = true;
    }
}
