package io.procmon.bpf;

import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.KernelRecord;
import io.procmon.ffi.Libc;
import io.procmon.procfs.ProcessRoot;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The loaded kernel program and everything that reads from it. Belongs to one thread. */
public final class KernelWatch implements AutoCloseable {

    /** The divisor for the fill level at which the reader reads the ring at once: a quarter. */
    private static final int WATERMARK_DIVISOR = 4;

    /** The records that are moved out of the ring before the reader checks for other work. */
    private static final int MOVED_AT_ONCE = 256;

    /** A parked exit may have to wait until a hook has written its exec. */
    private static final Duration PARKED_PAUSE = Duration.ofMillis(4);

    /**
     * In bytes. For each object, libbpf allocates the kernel's types, 5 to 10 MB, and frees them after the load. From this
     * size on, freed blocks return to the kernel at once. glibc would raise the size to that of the first freed block.
     */
    private static final int LARGE_BLOCK = 128 * 1024;

    private final ClosingStack acquired;
    private final KernelProgram program;
    private final RingBuffer ring;
    private final BurstBuffer burst;
    private final SharedState shared;
    private final Waker waker;
    private final BootClock clock;
    private final RecordDecoder decoder;
    private final ProcessTable processes;
    private final TokenBuckets buckets;
    private final ProcessRoot root = new ProcessRoot();
    private final Optional<TextCapture> capture;
    private final Optional<CrashCapture> crashes;
    private String captureRefusals = "";
    private String crashRefusal = "";
    private final Optional<CaptureState> captureState;
    private final KernelStatistics statistics;
    private final String hostnamePrefix;
    private Optional<TakeIn> takeIn = Optional.empty();
    private long fetchedParkedExits;
    private long records;

    /**
     * Loads the program and maps the memory that it shares. If one step fails, the steps before it are undone.
     *
     * @param captureOptions the options of the capture; empty if nothing is captured, and then its programs are not
     * loaded
     * @throws BpfException if the kernel cannot be watched
     */
    public static KernelWatch open(
            Arena arena, Libbpf libbpf, KernelOptions options, Optional<CaptureOptions> captureOptions) {
        ClosingStack acquired = new ClosingStack();
        try {
            return new KernelWatch(acquired, arena, libbpf, options, captureOptions);
        } catch (Throwable e) {
            acquired.closeAfter(e);
            throw e;
        }
    }

    private KernelWatch(
            ClosingStack acquired,
            Arena arena,
            Libbpf libbpf,
            KernelOptions options,
            Optional<CaptureOptions> captureOptions) {
        this.acquired = acquired;
        hostnamePrefix = options.hostnamePrefix();
        Libc libc = new Libc(arena);
        int pageSize = libc.getpagesize();
        libc.mallopt(Libc.M_MMAP_THRESHOLD, LARGE_BLOCK);
        program = KernelProgram.load(acquired, libc, libbpf, arena, options);
        ring = new RingBuffer(acquired, libc, program.mapFd("ring"), options.ringSize(), pageSize);
        burst = acquired.push(new BurstBuffer(options.burstSize()), BurstBuffer::close);
        shared = new SharedState(acquired, libc, program.mapFd(".bss"), pageSize);
        waker = new Waker(acquired, libc, arena, program.mapFd("ring"));
        clock = new BootClock(libc, arena);
        decoder = new RecordDecoder(clock::at, pageSize);
        capture = captureOptions.flatMap(it -> open(it, arena, libc, libbpf, pageSize));
        crashes = captureOptions.flatMap(_ -> openCrashes(arena, libc, libbpf, pageSize));
        captureState = captureOptions.map(
                _ -> new CaptureState(capture.map(TextCapture::hook), captureRefusals, crashRefusal));
        processes = new ProcessTable(
                acquired,
                libc,
                program.mapFd("groups"),
                program.mapFd("processes"),
                options.groups(),
                pageSize,
                decoder);
        buckets = new TokenBuckets(acquired, libc, program.mapFd("buckets"));
        Map<Hook, ProgramInfo> hooks = new EnumMap<>(Hook.class);
        for (Hook hook : Hook.values()) {
            hooks.put(hook, new ProgramInfo(program.programFd(hook.function())));
        }
        statistics = new KernelStatistics(acquired, ring, burst, shared, processes, buckets, hooks);
    }

    /**
     * Starts to watch. The capture was attached before. So when an exit record is read, the text of its process is
     * complete.
     *
     * @param takeIn whether to report the processes that run already
     */
    public void attach(boolean takeIn) {
        program.attach();
        if (takeIn) {
            this.takeIn = Optional.of(acquired.push(
                    new TakeIn(
                            () -> program.takeIn(TakeIn.AT_ONCE),
                            () -> shared.execRecords() + shared.exitRecords(),
                            () -> records,
                            shared::studentsTakenIn),
                    TakeIn::close));
        }
    }

    /**
     * Reports more of the processes that run already, a few at a time, if the ring has room for their records.
     *
     * @return whether there may be more of them
     */
    public boolean takeInMore() {
        if (takeIn.isEmpty()) {
            return false;
        }
        if (ring.available() <= ring.size() / WATERMARK_DIVISOR) {
            takeIn.get().step();
        }
        return !takeIn.get().isDone();
    }

    /** Stops watching. The records in the ring can still be read. */
    public void detach() {
        program.detach();
    }

    /**
     * Reads the next records, at most {@code max}.
     *
     * @return the number of records
     */
    public int read(int max, Consumer<KernelRecord> consumer) {
        RingBuffer.Reader reader = (memory, offset, size) -> decode(memory, offset, size, consumer);
        int records = burst.isEmpty() ? ring.read(max, reader) : burst.read(max, reader);
        return records > 0 ? records : readParkedExits(max, consumer);
    }

    /**
     * Moves records from the ring to the burst buffer if no subscriber requests them now, if the burst buffer holds
     * older records, or if the ring fills faster than the records are decoded.
     *
     * @param wanted whether a subscriber requests more records
     */
    public void makeRoom(boolean wanted) {
        if (wanted && burst.isEmpty() && ring.available() <= ring.size() / WATERMARK_DIVISOR) {
            return;
        }
        int moved = MOVED_AT_ONCE;
        while (moved == MOVED_AT_ONCE && !burst.isFull()) {
            moved = ring.read(MOVED_AT_ONCE, this::keep);
        }
    }

    /**
     * Waits for records, for parked exits, or for {@link #wake}.
     *
     * @param busy whether records may accumulate: then, before the timeout, only a ring that is nearly full ends the
     * wait
     */
    public void await(boolean busy, Duration timeout) {
        long wakeAt = busy ? ring.size() / WATERMARK_DIVISOR : 0;
        shared.wakeAt(wakeAt);
        if (ring.available() <= wakeAt) {
            waker.await(hasParkedExits() && timeout.compareTo(PARKED_PAUSE) > 0 ? PARKED_PAUSE : timeout);
        }
        shared.wakeAt(KernelLayouts.NEVER_WAKE);
    }

    /** Ends the current or the next wait; for any thread, also after the end. */
    public void wake() {
        waker.wake();
    }

    /** Follows the wall clock, which may have been set. */
    public void anchorClock() {
        clock.anchor();
    }

    /** The hooks that capture, and the reasons against better ones; empty if the capture is off. */
    public Optional<CaptureState> captureState() {
        return captureState;
    }

    private Optional<TextCapture> open(
            CaptureOptions captureOptions, Arena arena, Libc libc, Libbpf libbpf, long pageSize) {
        CaptureOpening opening = new CaptureOpening(libc, libbpf, arena, captureOptions.hostnamePrefix(), pageSize);
        Optional<TextCapture> opened =
                opening.open(acquired).map(loaded -> new TextCapture(clock, captureOptions, loaded));
        captureRefusals = opening.refusals();
        return opened;
    }

    private Optional<CrashCapture> openCrashes(Arena arena, Libc libc, Libbpf libbpf, long pageSize) {
        ClosingStack attempt = new ClosingStack();
        try {
            CrashCapture opened = new CrashCapture(attempt, libc, libbpf, arena, hostnamePrefix, pageSize);
            acquired.push(attempt, ClosingStack::close);
            return Optional.of(opened);
        } catch (BpfException refusal) {
            attempt.closeAfter(refusal);
            crashRefusal = CaptureOpening.firstLine(refusal.getMessage());
            return Optional.empty();
        } catch (Throwable e) {
            attempt.closeAfter(e);
            throw e;
        }
    }

    /** The capture of crashes; empty if nothing is captured. Its public methods are for any thread. */
    public Optional<CrashCapture> crashes() {
        return crashes;
    }

    /** The capture of standard error; empty if nothing is captured. Its public methods are for any thread. */
    public Optional<TextCapture> capture() {
        return capture;
    }

    /** Runs the periodic work of the capture. */
    public void tendCapture() {
        capture.ifPresent(TextCapture::tend);
        crashes.ifPresent(CrashCapture::collect);
    }

    /** Reports the containers that have reached or left a limit since the last call. */
    public void lookAtThrottles(Consumer<Throttle> consumer) {
        buckets.look(shared, System.nanoTime(), consumer);
    }

    /** Whether containers are throttled now. */
    public boolean isThrottling() {
        return buckets.throttled() > 0;
    }

    /** Whether many records wait to be read. */
    public boolean isBehind() {
        return ring.available() + burst.occupancy().used() > ring.size() / WATERMARK_DIVISOR;
    }

    /** The counters so far. Any thread may call this, even after the end. */
    public KernelStatistics statistics() {
        return statistics;
    }

    @Override
    public void close() {
        acquired.close();
    }

    /** The kernel program writes no record that is shorter than its head. */
    private void keep(MemorySegment memory, long offset, int size) {
        boolean isKept = burst.add(
                RecordDecoder.cgroupId(memory, offset), RecordDecoder.isExec(memory, offset), memory, offset, size);
        if (!isKept) {
            records++;
        }
    }

    private void decode(MemorySegment memory, long offset, int size, Consumer<KernelRecord> consumer) {
        records++;
        decoded(memory, offset, size).ifPresentOrElse(consumer, statistics::countMalformed);
    }

    /** The decoder is total; a bug in it costs the record, which counts as malformed. */
    private Optional<KernelRecord> decoded(MemorySegment memory, long offset, int size) {
        try {
            Optional<KernelRecord> record = decoder.decode(memory, offset, size);
            record.ifPresent(this::markContainer);
            return record.map(this::withArguments).map(this::withText);
        } catch (RuntimeException | StackOverflowError bug) {
            return Optional.empty();
        }
    }

    /** Makes the kernel program watch each process of a student's container, regardless of its hostname. */
    private void markContainer(KernelRecord record) {
        if (record instanceof ExecRecord exec
                && exec.context().hostname().startsWith(hostnamePrefix)
                && !buckets.isContainer(exec.context().cgroup().id())
                && exec.context().cgroup().containerId().isPresent()) {
            buckets.markContainer(exec.context().cgroup().id());
        }
    }

    /** The kernel program does not send the arguments of a process that ran before. */
    private KernelRecord withArguments(KernelRecord record) {
        return record instanceof ExecRecord exec && exec.takenIn()
                ? root.arguments(exec)
                        .map(RecordDecoder::arguments)
                        .map(exec::with)
                        .orElse(exec)
                : record;
    }

    /** The other programs keep the text and the crash of a process until the exit record is read. */
    private KernelRecord withText(KernelRecord record) {
        return switch (record) {
            case ExecRecord exec -> {
                capture.ifPresent(opened -> opened.begun(exec));
                yield exec;
            }
            case ExitRecord exit -> {
                ExitRecord withText = capture.map(opened -> opened.ended(exit)).orElse(exit);
                yield crashes.map(opened -> opened.ended(withText)).orElse(withText);
            }
        };
    }

    /** A parked exit is sent on only when the ring is empty, because its exec has been read by then. */
    private int readParkedExits(int max, Consumer<KernelRecord> consumer) {
        if (!hasParkedExits()) {
            return 0;
        }
        int fetched = processes.fetchParkedExits(
                max, () -> ring.available() == 0, buckets::release, exit -> consumer.accept(withText(exit)));
        fetchedParkedExits += fetched;
        return fetched;
    }

    private boolean hasParkedExits() {
        return shared.parkedExits() != fetchedParkedExits;
    }
}
