package io.procmon.bpf;

import io.procmon.events.ErrorOutput;
import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.ImageKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Captures the standard error of processes, and adds the text to each exit record. Belongs to the thread of the ring;
 * any thread may call {@link #permit}, {@link #release} and {@link #counters}.
 *
 * <p>A text is incomplete if writes may have been lost while its process ran: there was no free text, the kernel
 * skipped a hook, the hook was attached late, or the image was permitted late.
 */
public final class TextCapture {

    /** Texts whose exit records have not been read yet. */
    private static final int WAITING_MAX = 512;

    private static final long WAITING_BYTES_MAX = 1 << 20;

    /** Images whose text is known to be incomplete, and of which the exit records have not been read yet. */
    private static final int LATE_MAX = 4096;

    /**
     * The time for which a hook on demand stays attached after the last captured process. Students often run a program
     * that they have just built.
     */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final BootClock clock;
    private final CaptureOptions options;
    private final CaptureProgram program;
    private final CaptureMemory memory;
    private final List<ProgramInfo> programs;
    private final Map<ImageKey, ErrorOutput> waiting = new LinkedHashMap<>();
    private final Set<ImageKey> undecided = new HashSet<>();
    private final Set<ImageKey> permitted = ConcurrentHashMap.newKeySet();
    private final Set<ImageKey> late = ConcurrentHashMap.newKeySet();
    private volatile long bootOffset;
    private volatile long skipped;
    private long waitingBytes;
    private long taken;
    private long lost;
    private long lostAt = Long.MIN_VALUE;
    private long neededAt = System.nanoTime();

    TextCapture(BootClock clock, CaptureOptions options, CaptureProgram program) {
        this.clock = clock;
        this.options = options;
        this.program = program;
        this.memory = program.memory();
        this.programs = program.programs();
        this.lost = losses();
        measureOffset();
    }

    /** The hook in use. */
    public CaptureHook hook() {
        return program.hook();
    }

    /** Keeps the output of an image until it is released. */
    public void permit(ImageKey image) {
        if (bootNanos() - image.startNanos() > CaptureProgram.UNDECIDED.toNanos()) {
            markLate(image); // it was too old to be captured before
        }
        permitted.add(image);
        memory.permit(image);
    }

    /** Releases an image that has ended. */
    public void release(ImageKey image) {
        permitted.remove(image);
    }

    /** The counters. */
    public CaptureCounters counters() {
        return memory.counters(skipped);
    }

    /** An image has begun: attaches a hook on demand. */
    void begun(ExecRecord exec) {
        if (isOnDemand() && options.watched().test(exec)) {
            if (!program.isAttached()) {
                program.attach();
                markLate(exec.image());
            }
            undecided.add(exec.image());
            neededAt = System.nanoTime();
        }
    }

    /**
     * An image has ended.
     *
     * @return its record, with its text if there is one
     */
    ExitRecord ended(ExitRecord exit) {
        collect();
        undecided.remove(exit.image());
        ErrorOutput text = waiting.remove(exit.image());
        if (text != null) {
            waitingBytes -= text.keptBytes();
        }
        boolean incomplete =
                late.remove(exit.image()) || hasLostSince(exit.image().startNanos());
        if (text == null && !incomplete) {
            return exit;
        }
        ErrorOutput known = text == null ? ErrorOutput.unknown() : text;
        return exit.with(Optional.of(incomplete ? known.asIncomplete() : known));
    }

    /** Frees dropped texts, and detaches a hook that is no longer needed. */
    void tend() {
        measureOffset();
        collect();
        memory.freeDropped();
        if (isOnDemand()) {
            tendHook();
        }
    }

    private void tendHook() {
        long youngest = bootNanos() - CaptureProgram.UNDECIDED.toNanos();
        undecided.removeIf(image -> image.startNanos() < youngest);
        long now = System.nanoTime();
        boolean needed = !undecided.isEmpty() || !permitted.isEmpty();
        if (needed) {
            neededAt = now;
        }
        if (needed && !program.isAttached()) {
            program.attach();
        } else if (program.isAttached() && now - neededAt > LINGER.toNanos()) {
            program.detach();
        }
    }

    private boolean isOnDemand() {
        return hook() == CaptureHook.SYS_EXIT;
    }

    private void markLate(ImageKey image) {
        if (late.size() < LATE_MAX) {
            late.add(image);
        }
    }

    /**
     * Measures the difference between the clocks: the boot clock runs while the machine sleeps; the clock of this
     * process does not.
     */
    private void measureOffset() {
        bootOffset = clock.nanos() - System.nanoTime();
    }

    private long bootNanos() {
        return System.nanoTime() + bootOffset;
    }

    private boolean hasLostSince(long bootNanos) {
        long losses = losses();
        if (losses != lost) {
            lost = losses;
            lostAt = bootNanos();
        }
        return lostAt >= bootNanos;
    }

    /** The number of writes without a text and of hooks that the kernel skipped. */
    private long losses() {
        long misses = 0;
        for (ProgramInfo info : programs) {
            misses += info.statistics().recursionMisses();
        }
        skipped = misses;
        return memory.lost() + misses;
    }

    /** Takes the texts of ended processes, which frees their memory. */
    private void collect() {
        long ended = memory.ended();
        if (ended == taken) {
            return;
        }
        taken = ended;
        memory.takeEnded((image, text) -> {
            waiting.put(image, text);
            waitingBytes += text.keptBytes();
        });
        while (waiting.size() > WAITING_MAX || waitingBytes > WAITING_BYTES_MAX) {
            ImageKey eldest = waiting.keySet().iterator().next();
            waitingBytes -= waiting.remove(eldest).keptBytes();
            markLate(eldest);
        }
    }
}
