package io.procmon.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Text of bytes that need not be UTF-8. Linux allows any bytes in names and arguments, and a file named in EUC-KR must not
 * become one with another file. So each byte that is no UTF-8 becomes one unpaired surrogate, U+DC80 to U+DCFF, as Python's
 * {@code surrogateescape} does (PEP 383). {@link #readable} is for texts that leave procmon.
 */
public final class RawText {

    /** What stands for the byte 0. Only bytes from 0x80 need it. */
    private static final int ESCAPE = 0xDC00;

    /** A character beyond U+FFFF takes four bytes, but is two chars. */
    private static final int BYTES_PER_CHAR_MAX = 3;

    private static final char REPLACEMENT = '\ufffd';

    private RawText() {}

    /** The text of these bytes. */
    public static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * The text of some of these bytes.
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

    /** How many bytes a character has by its first one: RFC 3629, section 3. */
    private static int lengthAfter(byte first) {
        return switch (Byte.toUnsignedInt(first) >> 4) {
            case 0xC, 0xD -> 2;
            case 0xE -> 3;
            case 0xF -> 4;
            default -> 1;
        };
    }

    /** The bytes of a text: those that it was decoded from. */
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

    /** The text as every reader of Unicode can take it: U+FFFD stands for bytes that are no UTF-8. */
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
