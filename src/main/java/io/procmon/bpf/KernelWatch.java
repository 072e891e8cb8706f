package io.procmon.bpf;

import io.procmon.events.ExecRecord;
import io.procmon.events.KernelRecord;
import io.procmon.ffi.Libc;
import io.procmon.procfs.ProcessRoot;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** The loaded kernel program and everything that reads from it. Belongs to one thread. */
public final class KernelWatch implements AutoCloseable {

    /** A ring of which this part is full wants to be read at once, whatever the reader is waiting for. */
    private static final int WATERMARK_DIVISOR = 4;

    /** Records that are moved out of the ring before there is another look at what else there is to do. */
    private static final int MOVED_AT_ONCE = 256;

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
    private final Map<Hook, ProgramInfo> hooks = new EnumMap<>(Hook.class);
    private long fetchedParkedExits;
    private long malformed;

    /**
     * Loads the program and maps the memory that it shares. If one step fails, the steps before it are undone.
     *
     * @throws BpfException if the kernel cannot be watched
     */
    public static KernelWatch open(Arena arena, Libbpf libbpf, KernelOptions options) {
        ClosingStack acquired = new ClosingStack();
        try {
            return new KernelWatch(acquired, arena, libbpf, options);
        } catch (Throwable e) {
            acquired.closeAfter(e);
            throw e;
        }
    }

    private KernelWatch(ClosingStack acquired, Arena arena, Libbpf libbpf, KernelOptions options) {
        this.acquired = acquired;
        Libc libc = new Libc(arena);
        int pageSize = libc.getpagesize();
        program = KernelProgram.load(acquired, libc, libbpf, arena, options);
        ring = new RingBuffer(acquired, libc, program.mapFd("ring"), options.ringSize(), pageSize);
        burst = acquired.push(new BurstBuffer(options.burstSize()), BurstBuffer::close);
        shared = new SharedState(acquired, libc, program.mapFd(".bss"), pageSize);
        waker = new Waker(acquired, libc, arena, program.mapFd("ring"));
        clock = new BootClock(libc, arena);
        decoder = new RecordDecoder(clock::at, pageSize);
        processes = new ProcessTable(
                acquired, libc, program.mapFd("groups"), program.mapFd("processes"), options.groups(), pageSize, decoder);
        buckets = new TokenBuckets(acquired, libc, program.mapFd("buckets"));
        for (Hook hook : Hook.values()) {
            hooks.put(hook, new ProgramInfo(libbpf, arena, program.programFd(hook.function())));
        }
    }

    /** Starts to watch, and takes in what runs already if that is asked for. */
    public void attach(boolean takeIn) {
        program.attach();
        if (takeIn) {
            program.takeIn();
        }
    }

    /** Stops watching; what is in the ring can still be read. */
    public void detach() {
        program.detach();
    }

    /**
     * Hands out the next records, at most {@code max}.
     *
     * @return how many there were
     */
    public int read(int max, Consumer<KernelRecord> consumer) {
        RingBuffer.Reader reader = (memory, offset, size) -> decode(memory, offset, size, consumer);
        int records = burst.isEmpty() ? ring.read(max, reader) : burst.read(max, reader);
        return records > 0 ? records : readParkedExits(max, consumer);
    }

    /**
     * Makes room in the ring, if nobody asks for what is in it now, what was there before is not handed out yet, or it
     * fills faster than it is understood.
     *
     * @param wanted whether somebody asks for more
     */
    public void makeRoom(boolean wanted) {
        if (wanted && burst.isEmpty() && ring.available() <= ring.size() / WATERMARK_DIVISOR) {
            return;
        }
        int moved = MOVED_AT_ONCE;
        while (moved == MOVED_AT_ONCE && !burst.isFull()) {
            moved = ring.read(MOVED_AT_ONCE, burst::add);
        }
    }

    /**
     * Waits for records.
     *
     * @param busy whether to let some gather: then only a ring that fills up ends the wait before its time
     */
    public void await(boolean busy, Duration timeout) {
        long wakeAt = busy ? ring.size() / WATERMARK_DIVISOR : 0;
        shared.wakeAt(wakeAt);
        if (ring.available() <= wakeAt) {
            waker.await(timeout);
        }
        shared.wakeAt(KernelLayouts.NEVER_WAKE);
    }

    /** Follows the wall clock, if somebody has set it. */
    public void anchorClock() {
        clock.anchor();
    }

    /** Tells which containers have begun to start too much since the last look, and which have ceased to. */
    public void lookAtThrottles(Consumer<Throttle> consumer) {
        buckets.look(shared.lost(Loss.EXEC_THROTTLED), System.nanoTime(), consumer);
    }

    /** Whether much waits to be handed out: whoever takes it has no time to lose. */
    public boolean isBehind() {
        return ring.available() + burst.occupancy().used() > ring.size() / WATERMARK_DIVISOR;
    }

    /** What was counted so far. */
    public KernelCounters counters() {
        Map<Loss, Long> losses = new EnumMap<>(Loss.class);
        for (Loss cause : Loss.values()) {
            losses.put(cause, shared.lost(cause));
        }
        losses.put(Loss.MALFORMED, malformed);
        Map<Hook, ProgramStatistics> statistics = new EnumMap<>(Hook.class);
        hooks.forEach((hook, info) -> statistics.put(hook, info.statistics()));
        losses.put(
                Loss.RECURSION,
                statistics.values().stream()
                        .mapToLong(ProgramStatistics::recursionMisses)
                        .sum());
        return new KernelCounters(
                shared.execRecords(),
                shared.exitRecords(),
                shared.parkedExits(),
                new Occupancy(ring.available(), ring.size()),
                burst.occupancy(),
                processes.occupancy(),
                buckets.occupancy(),
                buckets.throttled(),
                losses,
                statistics);
    }

    @Override
    public void close() {
        acquired.close();
    }

    private void decode(MemorySegment memory, long offset, int size, Consumer<KernelRecord> consumer) {
        decoder.decode(memory, offset, size).map(this::withArguments).ifPresentOrElse(consumer, () -> malformed++);
    }

    /** Of a process taken in, the kernel program does not tell them. */
    private KernelRecord withArguments(KernelRecord record) {
        return record instanceof ExecRecord exec && exec.takenIn()
                ? root.arguments(exec)
                        .map(RecordDecoder::arguments)
                        .map(exec::with)
                        .orElse(exec)
                : record;
    }

    /** While the ring is empty, the exits may follow that found it full: their execs are all read. */
    private int readParkedExits(int max, Consumer<KernelRecord> consumer) {
        if (shared.parkedExits() == fetchedParkedExits) {
            return 0;
        }
        int fetched = processes.fetchParkedExits(max, () -> ring.available() == 0, consumer);
        fetchedParkedExits += fetched;
        return fetched;
    }
}
