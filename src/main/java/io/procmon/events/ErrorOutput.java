package io.procmon.events;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was written to standard error: the first and the last bytes, and how much there was in all.
 *
 * <p>The bytes are those of the program. They can hold anything: escape sequences, zeroes, invalid UTF-8.
 */
public final class ErrorOutput {

    /** The most bytes of each end that are kept. */
    public static final int PART_MAX = 4096;

    /** An assembler file of gcc begins so. With {@code 2>&-}, cc1 opens the file that it writes as descriptor 2. */
    private static final byte[] ASSEMBLY = {'\t', '.', 'f', 'i', 'l', 'e', '\t'};

    private final long firstNanos;
    private final long bytes;
    private final long writes;
    private final long unreadBytes;
    private final boolean incomplete;
    private final byte[] head;
    private final byte[] tail;

    /**
     * Output of which nothing or something is known.
     *
     * @param firstNanos the time of the first write, in nanoseconds of the boot clock
     * @param bytes all bytes that are known to have been written
     * @param writes the number of calls that wrote them
     * @param unreadBytes of {@code bytes}, those that could not be read; they are zeroes in the text
     * @param incomplete whether more may have been written than is known
     * @param head the first bytes
     * @param tail the last bytes that are not in {@code head}
     */
    public ErrorOutput(
            long firstNanos, long bytes, long writes, long unreadBytes, boolean incomplete, byte[] head, byte[] tail) {
        this.firstNanos = firstNanos;
        this.bytes = bytes;
        this.writes = writes;
        this.unreadBytes = unreadBytes;
        this.incomplete = incomplete;
        this.head = head.clone();
        this.tail = tail.clone();
    }

    /** Output of which nothing is known, and which may have been lost. */
    public static ErrorOutput unknown() {
        return new ErrorOutput(0, 0, 0, 0, true, new byte[0], new byte[0]);
    }

    /**
     * The output of several processes as one, in the order of their first writes; empty if there is none.
     */
    public static Optional<ErrorOutput> join(List<ErrorOutput> outputs) {
        List<ErrorOutput> known = outputs.stream()
                .filter(output -> !output.isAssembly())
                .sorted(Comparator.comparingLong(output -> output.firstNanos))
                .toList();
        return switch (known.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(known.getFirst());
            default -> Optional.of(joined(known));
        };
    }

    private static ErrorOutput joined(List<ErrorOutput> outputs) {
        byte[] before = {};
        byte[] after = {};
        boolean gap = false;
        for (ErrorOutput output : outputs) {
            if (output.hasGap()) {
                before = gap ? before : concat(before, output.head);
                after = output.tail;
                gap = true;
            } else if (gap) {
                after = concat(concat(after, output.head), output.tail);
            } else {
                before = concat(concat(before, output.head), output.tail);
            }
        }
        byte[] rest = gap ? after : from(before, Math.min(PART_MAX, before.length));
        return new ErrorOutput(
                outputs.getFirst().firstNanos,
                outputs.stream().mapToLong(ErrorOutput::bytes).sum(),
                outputs.stream().mapToLong(ErrorOutput::writes).sum(),
                outputs.stream().mapToLong(ErrorOutput::unreadBytes).sum(),
                outputs.stream().anyMatch(ErrorOutput::isIncomplete),
                Arrays.copyOf(before, Math.min(PART_MAX, before.length)),
                from(rest, Math.max(0, rest.length - PART_MAX)));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] from(byte[] bytes, int begin) {
        return Arrays.copyOfRange(bytes, begin, bytes.length);
    }

    /** The same output, of which more may have been written than is known. */
    public ErrorOutput asIncomplete() {
        return new ErrorOutput(firstNanos, bytes, writes, unreadBytes, true, head, tail);
    }

    /** All bytes that are known to have been written. */
    public long bytes() {
        return bytes;
    }

    /** The number of calls that wrote. */
    public long writes() {
        return writes;
    }

    /** Bytes that could not be read; they are zeroes in the text. */
    public long unreadBytes() {
        return unreadBytes;
    }

    /** Whether more may have been written than is known. */
    public boolean isIncomplete() {
        return incomplete;
    }

    /** Whether bytes between head and tail are missing. */
    public boolean hasGap() {
        return bytes > keptBytes();
    }

    /** The first bytes, at most {@value #PART_MAX}. */
    public byte[] head() {
        return head.clone();
    }

    /** The last bytes that are not in the head, at most {@value #PART_MAX}. */
    public byte[] tail() {
        return tail.clone();
    }

    /** The bytes in head and tail. */
    public int keptBytes() {
        return head.length + tail.length;
    }

    private boolean isAssembly() {
        return Arrays.equals(head, 0, Math.min(head.length, ASSEMBLY.length), ASSEMBLY, 0, ASSEMBLY.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ErrorOutput that
                && firstNanos == that.firstNanos
                && bytes == that.bytes
                && writes == that.writes
                && unreadBytes == that.unreadBytes
                && incomplete == that.incomplete
                && Arrays.equals(head, that.head)
                && Arrays.equals(tail, that.tail);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(firstNanos) * 31 + Arrays.hashCode(head);
    }

    /** Says nothing of the text, which is the student's. */
    @Override
    public String toString() {
        return "ErrorOutput[bytes=%d, writes=%d, unreadBytes=%d, incomplete=%s]"
                .formatted(bytes, writes, unreadBytes, incomplete);
    }
}
