package io.procmon.diagnostics;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The parts of a text that were kept.
 *
 * @param head the beginning
 * @param tail the end; empty if the beginning is the whole text
 * @param gap whether a part between the two is missing
 */
record TextParts(String head, String tail, boolean gap) {

    /** The most bytes of each part. */
    static final int BYTES = 64 * 1024;

    /** Decodes the parts. Only the beginning of a long head and the end of a long tail are read. */
    static TextParts of(byte[] head, byte[] tail, boolean gap) {
        boolean tailCut = tail.length > BYTES;
        return new TextParts(
                new String(head, 0, Math.min(head.length, BYTES), UTF_8),
                new String(tail, tailCut ? tail.length - BYTES : 0, Math.min(tail.length, BYTES), UTF_8),
                gap || head.length > BYTES || tailCut);
    }
}
