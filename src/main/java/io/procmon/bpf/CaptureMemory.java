package io.procmon.bpf;

import static io.procmon.bpf.CaptureLayouts.CAPTURE;
import static io.procmon.bpf.CaptureLayouts.TEXT;
import static io.procmon.bpf.CaptureLayouts.TEXTS;
import static io.procmon.bpf.CaptureLayouts.TEXT_PART;
import static io.procmon.bpf.KernelLayouts.IMAGE_KEY;
import static io.procmon.bpf.KernelLayouts.offset;

import io.procmon.events.ErrorOutput;
import io.procmon.events.ImageKey;
import io.procmon.ffi.Libc;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.function.BiConsumer;

/**
 * The memory that the capture shares with its kernel programs: {@code struct capture}. A text whose process has ended
 * belongs to this side until it is freed; the kernel does not touch it. Any thread may permit an image and read a counter,
 * also after the end.
 */
final class CaptureMemory {

    private static final int PROBE = at("probe");
    private static final int PROBES = at("probes");
    private static final int ENDED = at("ended");
    private static final int LOST_NO_TEXT = at("lost_no_text");
    private static final int LOST_CONTAINER_FULL = at("lost_container_full");
    private static final int REFUSED = at("refused");
    private static final int PERMITTED = at("permitted");
    private static final int TEXT_LIST = at("texts");
    private static final int BYTES = at("bytes");
    private static final int KEY_SIZE = (int) IMAGE_KEY.byteSize();
    private static final int KEY_START = (int) offset(IMAGE_KEY, "start_ns");
    private static final int KEY_TGID = (int) offset(IMAGE_KEY, "tgid");
    private static final int KEY_EXEC_ID = (int) offset(IMAGE_KEY, "exec_id");
    private static final int TEXT_SIZE = (int) TEXT.byteSize();
    private static final int TEXT_FIRST = (int) offset(TEXT, "first_ns");
    private static final int TEXT_BYTES = (int) offset(TEXT, "bytes");
    private static final int TEXT_UNREAD = (int) offset(TEXT, "unread_bytes");
    private static final int TEXT_WRITES = (int) offset(TEXT, "writes");
    private static final int TEXT_STATE = (int) offset(TEXT, "state");

    private final ByteBuffer memory;
    private final BitSet dropped = new BitSet(TEXTS);
    private CaptureCounters last = CaptureCounters.NONE;
    private boolean closed;

    /**
     * @param acquired ends the reading, and unmaps the memory, when it is closed
     * @param fd the file descriptor of the map that holds the programs' zeroed variables
     */
    CaptureMemory(ClosingStack acquired, Libc libc, int fd, long pageSize) {
        long size = Mapping.wholePages(CAPTURE.byteSize(), pageSize);
        memory = Mapping.bytes(
                Mapping.map(acquired, libc, "the captured texts", size, Libc.PROT_READ | Libc.PROT_WRITE, fd, 0));
        acquired.push(this, CaptureMemory::close);
    }

    /** Captures an image from now on, regardless of its age. */
    synchronized void permit(ImageKey image) {
        if (closed) {
            return;
        }
        int entry = PERMITTED + (image.tgid() & (CaptureLayouts.PERMITTED_MAX - 1)) * KEY_SIZE;
        memory.putInt(entry + KEY_TGID, 0); // while the entry changes, it belongs to no process
        VarHandle.releaseFence();
        memory.putLong(entry + KEY_START, image.startNanos());
        memory.putInt(entry + KEY_EXEC_ID, image.execId());
        VarHandle.releaseFence();
        memory.putInt(entry + KEY_TGID, image.tgid());
    }

    /**
     * The counters. Any thread may call this.
     *
     * @param skipped calls of the hooks that the kernel skipped, which the programs cannot count
     */
    synchronized CaptureCounters counters(long skipped) {
        if (!closed) {
            last = new CaptureCounters(
                    memory.getLong(ENDED),
                    memory.getLong(LOST_NO_TEXT),
                    memory.getLong(LOST_CONTAINER_FULL),
                    memory.getLong(REFUSED),
                    skipped);
        }
        return last;
    }

    /** The texts that have ended so far. */
    long ended() {
        long ended = memory.getLong(ENDED);
        VarHandle.acquireFence();
        return ended;
    }

    /** The number of first writes for which there was no text. */
    long lost() {
        return memory.getLong(LOST_NO_TEXT) + memory.getLong(LOST_CONTAINER_FULL);
    }

    /** Sets the address from which a self-test writes; 0 ends the self-test. */
    void probe(long address) {
        memory.putLong(PROBE, address);
        VarHandle.fullFence();
    }

    /** The number of writes of self-tests. */
    long probes() {
        VarHandle.fullFence();
        return memory.getLong(PROBES);
    }

    /** Takes all texts whose processes have ended, and frees them. */
    void takeEnded(BiConsumer<ImageKey, ErrorOutput> consumer) {
        for (int i = 0; i < TEXTS; i++) {
            int text = TEXT_LIST + i * TEXT_SIZE;
            if (memory.getInt(text + TEXT_STATE) == CaptureLayouts.TEXT_ENDED) {
                VarHandle.acquireFence();
                consumer.accept(image(text), output(text, BYTES + i * 2 * TEXT_PART));
                free(text);
            }
        }
    }

    /** Frees the texts that the programs had dropped before the last call: since then no thread writes to them. */
    void freeDropped() {
        for (int i = 0; i < TEXTS; i++) {
            int text = TEXT_LIST + i * TEXT_SIZE;
            boolean isDropped = memory.getInt(text + TEXT_STATE) == CaptureLayouts.TEXT_DROPPED;
            if (isDropped && dropped.get(i)) {
                free(text);
            }
            dropped.set(i, isDropped && !dropped.get(i));
        }
    }

    private void free(int text) {
        VarHandle.releaseFence();
        memory.putInt(text + TEXT_STATE, CaptureLayouts.TEXT_FREE);
    }

    private ImageKey image(int text) {
        return new ImageKey(
                memory.getInt(text + KEY_TGID), memory.getLong(text + KEY_START), memory.getInt(text + KEY_EXEC_ID));
    }

    private ErrorOutput output(int text, int from) {
        long bytes = memory.getLong(text + TEXT_BYTES);
        byte[] head = new byte[(int) Math.min(bytes, TEXT_PART)];
        memory.get(from, head);
        byte[] tail = new byte[(int) Math.min(bytes - head.length, TEXT_PART)];
        int oldest = tail.length < TEXT_PART ? 0 : (int) (bytes % TEXT_PART); // the tail is a ring
        memory.get(from + TEXT_PART + oldest, tail, 0, tail.length - oldest);
        memory.get(from + TEXT_PART, tail, tail.length - oldest, oldest);
        return new ErrorOutput(
                memory.getLong(text + TEXT_FIRST),
                bytes,
                memory.getLong(text + TEXT_WRITES),
                memory.getLong(text + TEXT_UNREAD),
                false,
                head,
                tail);
    }

    private synchronized void close() {
        counters(last.skipped());
        closed = true;
    }

    private static int at(String member) {
        return (int) offset(CAPTURE, member);
    }
}
