package io.procmon.bpf;

import static io.procmon.bpf.KernelLayouts.EXEC_RECORD;
import static io.procmon.bpf.KernelLayouts.EXIT_RECORD;
import static io.procmon.bpf.KernelLayouts.RECORD_HEAD;
import static io.procmon.bpf.KernelLayouts.member;
import static io.procmon.bpf.KernelLayouts.offset;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.events.Argv;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.ExitRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.KernelRecord;
import io.procmon.events.Moment;
import io.procmon.events.Truncation;
import io.procmon.events.Usage;
import io.procmon.process.ContainerPath;
import io.procmon.process.ControlGroup;
import io.procmon.process.WaitStatus;
import io.procmon.procfs.EpochTime;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
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

    private static final VarHandle KIND = member(RECORD_HEAD, "kind");
    private static final VarHandle FLAGS = member(RECORD_HEAD, "flags");
    private static final VarHandle START = member(RECORD_HEAD, "image", "start_ns");
    private static final VarHandle TGID = member(RECORD_HEAD, "image", "tgid");
    private static final VarHandle EXEC_ID = member(RECORD_HEAD, "image", "exec_id");
    private static final VarHandle PARENT_START = member(EXEC_RECORD, "parent", "start_ns");
    private static final VarHandle PARENT_TGID = member(EXEC_RECORD, "parent", "tgid");
    private static final VarHandle PARENT_EXEC_ID = member(EXEC_RECORD, "parent", "exec_id");
    private static final VarHandle EXEC_AT = member(EXEC_RECORD, "exec_ns");
    private static final VarHandle CGROUP_ID = member(RECORD_HEAD, "cgroup_id");
    private static final VarHandle EXE_INODE = member(EXEC_RECORD, "exe_inode");
    private static final VarHandle EXE_MTIME = member(EXEC_RECORD, "exe_mtime_ns");
    private static final VarHandle ARGV_SIZE = member(EXEC_RECORD, "argv_size");
    private static final VarHandle EXE_DEV = member(EXEC_RECORD, "exe_dev");
    private static final VarHandle PPID = member(EXEC_RECORD, "ppid");
    private static final VarHandle NS_PID = member(EXEC_RECORD, "ns_pid");
    private static final VarHandle UID = member(EXEC_RECORD, "uid");
    private static final VarHandle EXE_SIZE = member(EXEC_RECORD, "exe_size");
    private static final VarHandle CWD_SIZE = member(EXEC_RECORD, "cwd_size");
    private static final VarHandle CGROUP_SIZE = member(EXEC_RECORD, "cgroup_size");
    private static final VarHandle FILENAME_SIZE = member(EXEC_RECORD, "filename_size");
    private static final VarHandle ARGV_HEAD_SIZE = member(EXEC_RECORD, "argv_head_size");
    private static final VarHandle ARGV_TAIL_SIZE = member(EXEC_RECORD, "argv_tail_size");
    private static final VarHandle UTS_LEVEL = member(EXEC_RECORD, "uts_level");
    private static final int HOSTNAME = (int) offset(EXEC_RECORD, "hostname");

    private static final VarHandle END = member(EXIT_RECORD, "end_ns");
    private static final VarHandle UTIME = member(EXIT_RECORD, "utime_ns");
    private static final VarHandle STIME = member(EXIT_RECORD, "stime_ns");
    private static final VarHandle RUNTIME = member(EXIT_RECORD, "runtime_ns");
    private static final VarHandle PEAK = member(EXIT_RECORD, "peak_pages");
    private static final VarHandle WAIT_STATUS = member(EXIT_RECORD, "wait_status");

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

    /** Decodes {@code size} bytes from {@code offset}; empty if they are no record. */
    Optional<KernelRecord> decode(MemorySegment memory, long offset, int size) {
        if (size < Math.min(EXEC_SIZE, EXIT_SIZE)) {
            return Optional.empty();
        }
        return switch ((int) KIND.get(memory, offset)) {
            case KernelLayouts.RECORD_EXEC -> decodeExec(memory, offset, size);
            case KernelLayouts.RECORD_EXIT ->
                size == EXIT_SIZE ? Optional.of(decodeExit(memory, offset)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The cgroup of a record, which is long enough to be one. */
    static long cgroupId(MemorySegment memory, long offset) {
        return (long) CGROUP_ID.get(memory, offset);
    }

    /** Whether a record is an exec. */
    static boolean isExec(MemorySegment memory, long offset) {
        return (int) KIND.get(memory, offset) == KernelLayouts.RECORD_EXEC;
    }

    /** Decodes an exit record, in the ring or in the table of processes. */
    ExitRecord decodeExit(MemorySegment memory, long offset) {
        int flags = (int) FLAGS.get(memory, offset);
        Usage usage = Usage.of(
                (long) UTIME.get(memory, offset),
                (long) STIME.get(memory, offset),
                (long) RUNTIME.get(memory, offset),
                Math.max(0, Math.min((long) PEAK.get(memory, offset), Long.MAX_VALUE / pageSize)) * pageSize,
                (flags & KernelLayouts.EXIT_PEAK_INHERITED) != 0);
        return new ExitRecord(
                image(memory, offset),
                clock.apply((long) END.get(memory, offset)),
                new WaitStatus((int) WAIT_STATUS.get(memory, offset)),
                usage);
    }

    private Optional<KernelRecord> decodeExec(MemorySegment memory, long offset, int size) {
        if (size < EXEC_SIZE) {
            return Optional.empty();
        }
        byte[] bytes = new byte[size];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, bytes, 0, size);
        Texts texts = new Texts(bytes, EXEC_SIZE);
        int flags = (int) FLAGS.get(memory, offset);
        String exe = texts.path((int) EXE_SIZE.get(memory, offset), (flags & KernelLayouts.EXEC_EXE_CUT) != 0);
        String cwd = texts.path((int) CWD_SIZE.get(memory, offset), (flags & KernelLayouts.EXEC_CWD_CUT) != 0);
        String cgroup = texts.path((int) CGROUP_SIZE.get(memory, offset), (flags & KernelLayouts.EXEC_CGROUP_CUT) != 0);
        String filename = texts.string((int) FILENAME_SIZE.get(memory, offset));
        List<String> argv =
                texts.arguments((int) ARGV_HEAD_SIZE.get(memory, offset), (int) ARGV_TAIL_SIZE.get(memory, offset));
        if (!texts.complete()) {
            return Optional.empty();
        }
        if ((flags & KernelLayouts.EXEC_FAILED) != 0) { // the program never began: its file stands for its arguments
            filename = exe;
            argv = List.of(exe);
        }
        ImageKey parent =
                new ImageKey((int) PARENT_TGID.get(memory, offset), (long) PARENT_START.get(memory, offset), (int)
                        PARENT_EXEC_ID.get(memory, offset));
        Executable executable = new Executable(
                ContainerPath.of(exe),
                (int) EXE_DEV.get(memory, offset),
                (long) EXE_INODE.get(memory, offset),
                EpochTime.of((long) EXE_MTIME.get(memory, offset)),
                (flags & KernelLayouts.EXEC_EXE_DELETED) != 0,
                (flags & KernelLayouts.EXEC_EXE_MEMORY) != 0);
        return Optional.of(new ExecRecord(
                image(memory, offset),
                parent.tgid() == 0 ? Optional.empty() : Optional.of(parent),
                clock.apply((long) EXEC_AT.get(memory, offset)),
                (flags & KernelLayouts.EXEC_TAKEN_IN) != 0,
                (int) PPID.get(memory, offset),
                (int) NS_PID.get(memory, offset),
                (int) UID.get(memory, offset),
                texts.hostname(),
                (int) UTS_LEVEL.get(memory, offset),
                new ControlGroup(cgroup, (long) CGROUP_ID.get(memory, offset)),
                executable,
                filename,
                ContainerPath.of(cwd),
                new Argv(argv, (flags & KernelLayouts.EXEC_ARGV_CUT) != 0, (long) ARGV_SIZE.get(memory, offset)),
                truncations(flags)));
    }

    /** Arguments that are all there, with a NUL behind each: of those that are too long, as much as the kernel would keep. */
    static Argv arguments(byte[] whole) {
        if (whole.length <= KernelLayouts.ARGV_WHOLE_MAX) {
            return new Argv(new Texts(whole, 0).arguments(whole.length, 0), false, whole.length);
        }
        int part = KernelLayouts.ARGV_PART;
        byte[] parts = Arrays.copyOf(whole, 2 * part);
        System.arraycopy(whole, whole.length - part, parts, part, part);
        return new Argv(new Texts(parts, 0).arguments(part, part), true, whole.length);
    }

    private static ImageKey image(MemorySegment memory, long offset) {
        return new ImageKey(
                (int) TGID.get(memory, offset), (long) START.get(memory, offset), (int) EXEC_ID.get(memory, offset));
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

        private static final byte BEHIND_NAME = 0;

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

        /**
         * Components with a NUL behind each, leaf first; the right way round they take just as much room. A component
         * stays one, whatever it holds: memfd_create(2) takes any name, also {@code /../usr/bin/gcc}.
         */
        String path(int size, boolean cut) {
            int begin = take(size);
            byte[] path = new byte[at - begin];
            int to = path.length;
            for (int from = begin; from < at; ) {
                int end = endOfString(from, at);
                int length = end - from;
                System.arraycopy(bytes, from, path, to - length, length);
                to -= length;
                if (to > 0) {
                    path[--to] = BEHIND_NAME;
                }
                from = end + 1;
            }
            String known = ContainerPath.nameWithSlashes(new String(path, to, path.length - to, UTF_8))
                    .replace((char) BEHIND_NAME, '/');
            if (cut) {
                return "/" + ContainerPath.CUT + known;
            }
            return known.isEmpty() ? "/" : known;
        }

        String string(int size) {
            int begin = take(size);
            return text(begin, endOfString(begin, at));
        }

        /** All arguments; the two that the cut leaves in pieces, and those between them, are one. */
        List<String> arguments(int headSize, int tailSize) {
            int head = take(headSize);
            int cut = at;
            int tail = take(tailSize);
            List<String> arguments = new ArrayList<>();
            int rest = addWhole(head, cut, arguments);
            if (tail < at) {
                int end = endOfString(tail, at);
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
            for (int end = endOfString(from, limit); end < limit; end = endOfString(from, limit)) {
                strings.add(text(from, end));
                from = end + 1;
            }
            return from;
        }

        private String text(int from, int to) {
            return new String(bytes, from, to - from, UTF_8);
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

        private int endOfString(int from, int limit) {
            int end = from;
            while (end < limit && bytes[end] != 0) {
                end++;
            }
            return end;
        }
    }
}
