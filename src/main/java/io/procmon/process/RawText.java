package io.procmon.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Text of bytes that need not be UTF-8. Linux permits any bytes in names and arguments, and two names in EUC-KR must
 * not become the same text. So each byte that is not UTF-8 becomes one unpaired surrogate, U+DC80 to U+DCFF, as in
 * Python's {@code surrogateescape} (PEP 383). Texts that leave procmon pass {@link #readable}.
 */
public final class RawText {

    /** The surrogate of byte 0. Only bytes from 0x80 are replaced by surrogates. */
    private static final int ESCAPE = 0xDC00;

    /** The most bytes of a {@code char}. A character beyond U+FFFF has four bytes, but two chars. */
    private static final int BYTES_PER_CHAR_MAX = 3;

    private static final char REPLACEMENT = '\ufffd';

    private RawText() {}

    /** Decodes bytes. */
    public static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * Decodes some of the bytes.
     *
     * @param from the position of the first byte
     * @param to the position after the last byte
     */
    public static String decode(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : escaped(bytes, from, to);
    }

    private static String escaped(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        for (int at = from; at < to; ) {
            int length = Math.min(lengthAfter(bytes[at]), to - at);
            String character = new String(bytes, at, length, UTF_8);
            boolean valid = Arrays.equals(character.getBytes(UTF_8), Arrays.copyOfRange(bytes, at, at + length));
            if (valid) {
                text.append(character);
            } else {
                text.append((char) (ESCAPE | Byte.toUnsignedInt(bytes[at])));
            }
            at += valid ? length : 1;
        }
        return text.toString();
    }

    /** The number of further bytes of a character, by its first byte: RFC 3629, section 3. */
    private static int lengthAfter(byte first) {
        return switch (Byte.toUnsignedInt(first) >> 4) {
            case 0xC, 0xD -> 2;
            case 0xE -> 3;
            case 0xF -> 4;
            default -> 1;
        };
    }

    /** Encodes a text as the bytes that it was decoded from. */
    public static byte[] encode(String text) {
        return hasSurrogates(text) ? unescaped(text) : text.getBytes(UTF_8);
    }

    private static byte[] unescaped(String text) {
        byte[] bytes = new byte[text.length() * BYTES_PER_CHAR_MAX];
        int size = 0;
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            byte[] character = isEscape(codePoint)
                    ? new byte[] {(byte) codePoint}
                    : Character.toString(codePoint).getBytes(UTF_8);
            System.arraycopy(character, 0, bytes, size, character.length);
            size += character.length;
            at += Character.charCount(codePoint);
        }
        return Arrays.copyOf(bytes, size);
    }

    /** The text as valid Unicode: U+FFFD replaces bytes that are not UTF-8. */
    public static String readable(String text) {
        return hasSurrogates(text) ? new String(encode(text), UTF_8) : text;
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEscape(int codePoint) {
        return codePoint >= (ESCAPE | 0x80) && codePoint <= (ESCAPE | 0xFF);
    }
}
