package io.procmon.classroom.progsnap2;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Numbers texts 0, 1, 2 and so on; equal texts have equal numbers. Only 64 bits of the SHA-256 of a text are kept, so a
 * million texts need 16 MB, however long they are. Two of a million texts have the same bits in one of 37 million cases.
 */
final class TextIds {

    private static final int FIRST_CAPACITY = 1 << 10;

    private final MessageDigest sha256;
    private final LongColumn hashes = new LongColumn();
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
        long hash = ByteBuffer.wrap(sha256.digest(text.getBytes(UTF_8))).getLong();
        int slot = slot(hash);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        hashes.add(hash);
        slots[slot] = hashes.size();
        if (hashes.size() * 4L > slots.length * 3L) {
            grow();
        }
        return hashes.size() - 1;
    }

    /** The number of different texts. */
    int size() {
        return hashes.size();
    }

    /** The slot of a text, or the empty slot for it. */
    private int slot(long hash) {
        int slot = (int) hash & (slots.length - 1);
        while (slots[slot] != 0 && hashes.get(slots[slot] - 1) != hash) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        for (int id = 0; id < hashes.size(); id++) {
            slots[slot(hashes.get(id))] = id + 1;
        }
    }
}
