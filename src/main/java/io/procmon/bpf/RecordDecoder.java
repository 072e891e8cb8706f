package io.procmon.bpf;

import static io.procmon.bpf.KernelLayouts.EXEC_RECORD;
import static io.procmon.bpf.KernelLayouts.EXIT_RECORD;
import static io.procmon.bpf.KernelLayouts.RECORD_HEAD;
import static io.procmon.bpf.KernelLayouts.offset;

import io.procmon.events.Argv;
import io.procmon.events.ContainerContext;
import io.procmon.events.ExecCall;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.ExitRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.KernelRecord;
import io.procmon.events.Moment;
import io.procmon.events.ProcessIds;
import io.procmon.events.Truncation;
import io.procmon.events.Usage;
import io.procmon.process.ContainerPath;
import io.procmon.process.ControlGroup;
import io.procmon.process.RawText;
import io.procmon.process.WaitStatus;
import io.procmon.procfs.EpochTime;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Decodes the kernel's bytes into records of the stream. It copies all bytes, so no record keeps native memory. The
 * decoding is total: any bytes give a record or an empty result. Not thread-safe.
 */
public final class RecordDecoder {

    private static final int EXEC_SIZE = (int) EXEC_RECORD.byteSize();
    private static final int EXIT_SIZE = (int) EXIT_RECORD.byteSize();

    private static final int KIND = (int) offset(RECORD_HEAD, "kind");
    private static final int FLAGS = (int) offset(RECORD_HEAD, "flags");
    private static final int START = (int) offset(RECORD_HEAD, "image", "start_ns");
    private static final int TGID = (int) offset(RECORD_HEAD, "image", "tgid");
    private static final int EXEC_ID = (int) offset(RECORD_HEAD, "image", "exec_id");
    private static final int PARENT_START = (int) offset(EXEC_RECORD, "parent", "start_ns");
    private static final int PARENT_TGID = (int) offset(EXEC_RECORD, "parent", "tgid");
    private static final int PARENT_EXEC_ID = (int) offset(EXEC_RECORD, "parent", "exec_id");
    private static final int EXEC_AT = (int) offset(EXEC_RECORD, "exec_ns");
    private static final int CGROUP_ID = (int) offset(RECORD_HEAD, "cgroup_id");
    private static final int EXE_INODE = (int) offset(EXEC_RECORD, "exe_inode");
    private static final int EXE_MTIME = (int) offset(EXEC_RECORD, "exe_mtime_ns");
    private static final int EXE_BYTES = (int) offset(EXEC_RECORD, "exe_bytes");
    private static final int ARGV_SIZE = (int) offset(EXEC_RECORD, "argv_size");
    private static final int EXE_DEV = (int) offset(EXEC_RECORD, "exe_dev");
    private static final int PPID = (int) offset(EXEC_RECORD, "ppid");
    private static final int NS_PID = (int) offset(EXEC_RECORD, "ns_pid");
    private static final int UID = (int) offset(EXEC_RECORD, "uid");
    private static final int EXE_SIZE = (int) offset(EXEC_RECORD, "exe_size");
    private static final int CWD_SIZE = (int) offset(EXEC_RECORD, "cwd_size");
    private static final int CGROUP_SIZE = (int) offset(EXEC_RECORD, "cgroup_size");
    private static final int FILENAME_SIZE = (int) offset(EXEC_RECORD, "filename_size");
    private static final int ARGV_HEAD_SIZE = (int) offset(EXEC_RECORD, "argv_head_size");
    private static final int ARGV_TAIL_SIZE = (int) offset(EXEC_RECORD, "argv_tail_size");
    private static final int UTS_LEVEL = (int) offset(EXEC_RECORD, "uts_level");
    private static final int HOSTNAME = (int) offset(EXEC_RECORD, "hostname");

    private static final int END = (int) offset(EXIT_RECORD, "end_ns");
    private static final int UTIME = (int) offset(EXIT_RECORD, "utime_ns");
    private static final int STIME = (int) offset(EXIT_RECORD, "stime_ns");
    private static final int RUNTIME = (int) offset(EXIT_RECORD, "runtime_ns");
    private static final int PEAK = (int) offset(EXIT_RECORD, "peak_pages");
    private static final int WAIT_STATUS = (int) offset(EXIT_RECORD, "wait_status");

    private static final byte BEHIND_NAME = 0;

    private final LongFunction<Moment> clock;
    private final long pageSize;

    /**
     * @param clock translates a stamp of the boot clock
     * @param pageSize bytes of a page of memory
     */
    RecordDecoder(LongFunction<Moment> clock, long pageSize) {
        this.clock = clock;
        this.pageSize = pageSize;
    }

    /** Decodes {@code size} bytes from {@code offset}; empty if they are not a record. */
    Optional<KernelRecord> decode(MemorySegment memory, long offset, int size) {
        if (size < Math.min(EXEC_SIZE, EXIT_SIZE)) {
            return Optional.empty();
        }
        ByteBuffer in = buffer(memory, offset, size);
        return switch (in.getInt(KIND)) {
            case KernelLayouts.RECORD_EXEC -> decodeExec(in, size);
            case KernelLayouts.RECORD_EXIT -> size == EXIT_SIZE ? Optional.of(decodeExit(in)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The cgroup of a record, which is long enough to be one. */
    static long cgroupId(MemorySegment memory, long offset) {
        return buffer(memory, offset, (int) RECORD_HEAD.byteSize()).getLong(CGROUP_ID);
    }

    /** Whether a record is an exec. */
    static boolean isExec(MemorySegment memory, long offset) {
        return buffer(memory, offset, (int) RECORD_HEAD.byteSize()).getInt(KIND) == KernelLayouts.RECORD_EXEC;
    }

    /** Decodes an exit record, in the ring or in the table of processes. */
    ExitRecord decodeExit(MemorySegment memory, long offset) {
        return decodeExit(buffer(memory, offset, EXIT_SIZE));
    }

    /**
     * The bytes of a record. In a native executable, the {@code VarHandle} of a layout is not a constant, and each
     * access by it is several times slower than by a buffer.
     */
    private static ByteBuffer buffer(MemorySegment memory, long offset, int size) {
        return memory.asSlice(offset, size).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private ExitRecord decodeExit(ByteBuffer in) {
        int flags = in.getInt(FLAGS);
        Usage usage = Usage.of(
                in.getLong(UTIME),
                in.getLong(STIME),
                in.getLong(RUNTIME),
                Math.max(0, Math.min(in.getLong(PEAK), Long.MAX_VALUE / pageSize)) * pageSize,
                (flags & KernelLayouts.EXIT_PEAK_INHERITED) != 0);
        return new ExitRecord(image(in), clock.apply(in.getLong(END)), new WaitStatus(in.getInt(WAIT_STATUS)), usage);
    }

    private Optional<KernelRecord> decodeExec(ByteBuffer in, int size) {
        if (size < EXEC_SIZE) {
            return Optional.empty();
        }
        byte[] bytes = new byte[size];
        in.get(0, bytes);
        Texts texts = new Texts(bytes, EXEC_SIZE);
        int flags = in.getInt(FLAGS);
        String exe = texts.path(in.getInt(EXE_SIZE), (flags & KernelLayouts.EXEC_EXE_CUT) != 0);
        String cwd = texts.path(in.getInt(CWD_SIZE), (flags & KernelLayouts.EXEC_CWD_CUT) != 0);
        String cgroup = texts.path(in.getInt(CGROUP_SIZE), (flags & KernelLayouts.EXEC_CGROUP_CUT) != 0);
        String filename = texts.string(in.getInt(FILENAME_SIZE));
        List<String> argv = texts.arguments(in.getInt(ARGV_HEAD_SIZE), in.getInt(ARGV_TAIL_SIZE));
        if (!texts.complete()) {
            return Optional.empty();
        }
        if ((flags & KernelLayouts.EXEC_FAILED) != 0) { // the program never began, so its file replaces its arguments
            filename = exe;
            argv = List.of(exe);
        }
        ImageKey parent = new ImageKey(in.getInt(PARENT_TGID), in.getLong(PARENT_START), in.getInt(PARENT_EXEC_ID));
        Executable executable = new Executable(
                ContainerPath.of(exe),
                in.getInt(EXE_DEV),
                in.getLong(EXE_INODE),
                EpochTime.of(in.getLong(EXE_MTIME)),
                Math.max(0, in.getLong(EXE_BYTES)),
                (flags & KernelLayouts.EXEC_EXE_DELETED) != 0,
                (flags & KernelLayouts.EXEC_EXE_MEMORY) != 0);
        return Optional.of(new ExecRecord(
                image(in),
                parent.tgid() == 0 ? Optional.empty() : Optional.of(parent),
                clock.apply(in.getLong(EXEC_AT)),
                (flags & KernelLayouts.EXEC_TAKEN_IN) != 0,
                new ProcessIds(in.getInt(PPID), in.getInt(NS_PID), in.getInt(UID)),
                new ContainerContext(
                        texts.hostname(), in.getInt(UTS_LEVEL), new ControlGroup(cgroup, in.getLong(CGROUP_ID))),
                new ExecCall(
                        executable,
                        filename,
                        ContainerPath.of(cwd),
                        new Argv(argv, (flags & KernelLayouts.EXEC_ARGV_CUT) != 0, in.getLong(ARGV_SIZE))),
                truncations(flags)));
    }

    /**
     * Parses complete arguments, each followed by a NUL. Arguments that are too long are cut in the same way as in the
     * kernel program.
     */
    static Argv arguments(byte[] whole) {
        if (whole.length <= KernelLayouts.ARGV_WHOLE_MAX) {
            return new Argv(new Texts(whole, 0).arguments(whole.length, 0), false, whole.length);
        }
        int part = KernelLayouts.ARGV_PART;
        byte[] parts = Arrays.copyOf(whole, 2 * part);
        System.arraycopy(whole, whole.length - part, parts, part, part);
        return new Argv(new Texts(parts, 0).arguments(part, part), true, whole.length);
    }

    private static ImageKey image(ByteBuffer in) {
        return new ImageKey(in.getInt(TGID), in.getLong(START), in.getInt(EXEC_ID));
    }

    /**
     * Reads the components of a path, each followed by a NUL, the leaf first. In the order of a path they take the same
     * space. A component stays one component whatever it contains: memfd_create(2) accepts any name, even {@code
     * /../usr/bin/gcc}.
     *
     * @return the path; empty if there are no components
     */
    static String path(byte[] bytes, int begin, int limit) {
        byte[] path = new byte[limit - begin];
        int to = path.length;
        for (int from = begin; from < limit; ) {
            int end = endOfString(bytes, from, limit);
            int length = end - from;
            System.arraycopy(bytes, from, path, to - length, length);
            to -= length;
            if (to > 0) {
                path[--to] = BEHIND_NAME;
            }
            from = end + 1;
        }
        return ContainerPath.nameWithSlashes(RawText.decode(path, to, path.length))
                .replace((char) BEHIND_NAME, '/');
    }

    private static int endOfString(byte[] bytes, int from, int limit) {
        int end = from;
        while (end < limit && bytes[end] != 0) {
            end++;
        }
        return end;
    }

    private static Set<Truncation> truncations(int flags) {
        Set<Truncation> truncated = EnumSet.noneOf(Truncation.class);
        for (Truncation truncation : Truncation.values()) {
            if ((flags & flagOf(truncation)) != 0) {
                truncated.add(truncation);
            }
        }
        return Set.copyOf(truncated);
    }

    private static int flagOf(Truncation truncation) {
        return switch (truncation) {
            case EXECUTABLE -> KernelLayouts.EXEC_EXE_CUT;
            case CWD -> KernelLayouts.EXEC_CWD_CUT;
            case CGROUP -> KernelLayouts.EXEC_CGROUP_CUT;
            case FILENAME -> KernelLayouts.EXEC_FILENAME_CUT;
            case ARGV -> KernelLayouts.EXEC_ARGV_CUT;
            case ARGV_UNREADABLE -> KernelLayouts.EXEC_ARGV_UNREADABLE;
        };
    }

    /** Reads the texts that follow an exec record. If one text does not fit, the record is incomplete. */
    private static final class Texts {

        private final byte[] bytes;
        private int at;
        private boolean fits = true;

        Texts(byte[] bytes, int begin) {
            this.bytes = bytes;
            this.at = begin;
        }

        /** Whether every byte belonged to a text. */
        boolean complete() {
            return fits && at == bytes.length;
        }

        String hostname() {
            int end = HOSTNAME;
            while (end < HOSTNAME + KernelLayouts.HOSTNAME_SIZE && bytes[end] != 0) {
                end++;
            }
            return text(HOSTNAME, end);
        }

        String path(int size, boolean cut) {
            int begin = take(size);
            String known = RecordDecoder.path(bytes, begin, at);
            if (cut) {
                return "/" + ContainerPath.CUT + known;
            }
            return known.isEmpty() ? "/" : known;
        }

        String string(int size) {
            int begin = take(size);
            return text(begin, endOfString(bytes, begin, at));
        }

        /** The arguments. The two that the cut has split, and those between them, become one. */
        List<String> arguments(int headSize, int tailSize) {
            int head = take(headSize);
            int cut = at;
            int tail = take(tailSize);
            List<String> arguments = new ArrayList<>();
            int rest = addWhole(head, cut, arguments);
            if (tail < at) {
                int end = endOfString(bytes, tail, at);
                arguments.add(text(rest, cut) + Argv.CUT + text(tail, end));
                rest = addWhole(end + 1, at, arguments);
            }
            if (rest < at) {
                arguments.add(text(rest, at));
            }
            return arguments.size() > PackedStrings.WORTH_IT ? PackedStrings.of(arguments) : List.copyOf(arguments);
        }

        /** Adds the strings that end before the limit; returns the position of the first string that does not. */
        private int addWhole(int begin, int limit, List<String> strings) {
            int from = begin;
            for (int end = endOfString(bytes, from, limit); end < limit; end = endOfString(bytes, from, limit)) {
                strings.add(text(from, end));
                from = end + 1;
            }
            return from;
        }

        private String text(int from, int to) {
            return RawText.decode(bytes, from, to);
        }

        private int take(int size) {
            int begin = at;
            if (size < 0 || size > bytes.length - at) {
                fits = false;
            } else {
                at += size;
            }
            return begin;
        }
    }
}
