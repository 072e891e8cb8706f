package io.procmon.events;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The standard error of a process: its first and last bytes, and the total number of bytes.
 *
 * <p>The program chooses the bytes. They may contain escape sequences, zeroes and invalid UTF-8.
 */
public final class ErrorOutput {

    /** The largest number of bytes that are kept at each end. */
    public static final int PART_MAX = 4096;

    /** The first bytes of an assembler file of gcc. With {@code 2>&-}, cc1 opens its output file as descriptor 2. */
    private static final byte[] ASSEMBLY = {'\t', '.', 'f', 'i', 'l', 'e', '\t'};

    private final long firstNanos;
    private final long bytes;
    private final long writes;
    private final long unreadBytes;
    private final boolean incomplete;
    private final byte[] head;
    private final byte[] tail;

    /**
     * Output that was captured wholly or in part.
     *
     * @param firstNanos time of the first write, in nanoseconds of the boot clock
     * @param bytes the number of bytes that were seen
     * @param writes the number of write calls
     * @param unreadBytes the number of those bytes that could not be read; the text has zeroes for them
     * @param incomplete whether the process may have written more
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

    /** Output without any known bytes, of which some may have been lost. */
    public static ErrorOutput unknown() {
        return new ErrorOutput(0, 0, 0, 0, true, new byte[0], new byte[0]);
    }

    /** Merges the output of several processes, in the order of their first writes; empty if there is none. */
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

    /** The same output, marked as incomplete. */
    public ErrorOutput asIncomplete() {
        return new ErrorOutput(firstNanos, bytes, writes, unreadBytes, true, head, tail);
    }

    /** The number of bytes that were seen. */
    public long bytes() {
        return bytes;
    }

    /** The number of write calls. */
    public long writes() {
        return writes;
    }

    /** The number of bytes that could not be read; the text has zeroes for them. */
    public long unreadBytes() {
        return unreadBytes;
    }

    /** Whether the process may have written more. */
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

    /** The number of bytes in head and tail. */
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

    /** A description without the text, which may contain personal data. */
    @Override
    public String toString() {
        return "ErrorOutput[bytes=%d, writes=%d, unreadBytes=%d, incomplete=%s]"
                .formatted(bytes, writes, unreadBytes, incomplete);
    }
}
