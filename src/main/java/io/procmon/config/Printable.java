package io.procmon.config;

/**
 * Makes text safe for a terminal or a log. A student's file name must not move the cursor, begin a line, or change the
 * reading direction. Such characters become visible escapes.
 */
public final class Printable {

    private Printable() {}

    /**
     * The text with its control, format and separator characters as {@code \\u2028}. A text without such characters is
     * returned as it is.
     */
    public static String of(String text) {
        return text.codePoints().noneMatch(Printable::isInvisible) ? text : escaped(text);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(codePoint -> {
            if (isInvisible(codePoint)) {
                escaped.append("\\u%04x".formatted(codePoint));
            } else {
                escaped.appendCodePoint(codePoint);
            }
        });
        return escaped.toString();
    }

    /** Format characters include those that change the reading direction: U+202A to U+202E, U+2066 to U+2069. */
    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
