package io.procmon.classroom.progsnap2;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Numbers texts 0, 1, 2 and so on; equal texts have equal numbers. Only 128 bits of the SHA-256 of a text are kept.
 * Finding two texts with the same bits is not feasible. A million texts need 32 MB, however long they are.
 */
final class TextIds {

    private static final int FIRST_CAPACITY = 1 << 10;

    private final MessageDigest sha256;
    private final LongColumn high = new LongColumn();
    private final LongColumn low = new LongColumn();
    private int[] slots = new int[FIRST_CAPACITY];

    TextIds() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The number of a text. A new text gets a new number. */
    int of(String text) {
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest(text.getBytes(UTF_8)));
        long first = hash.getLong();
        long second = hash.getLong();
        int slot = slot(first, second);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        high.add(first);
        low.add(second);
        slots[slot] = high.size();
        if (high.size() * 4L > slots.length * 3L) {
            grow();
        }
        return high.size() - 1;
    }

    /** The number of different texts. */
    int size() {
        return high.size();
    }

    /** The slot of a text, or the empty slot for it. */
    private int slot(long first, long second) {
        int slot = (int) first & (slots.length - 1);
        while (slots[slot] != 0 && !(high.get(slots[slot] - 1) == first && low.get(slots[slot] - 1) == second)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        for (int id = 0; id < high.size(); id++) {
            slots[slot(high.get(id), low.get(id))] = id + 1;
        }
    }
}
