package io.procmon.config;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions that somebody configured. */
public final class ConfiguredPattern {

    private ConfiguredPattern() {}

    /**
     * Compiles what a key says.
     *
     * @param key such as {@code procmon.hostname.pattern}
     * @throws InvalidConfiguration if it is no regular expression of {@link Pattern}
     */
    public static Pattern compile(String key, String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new InvalidConfiguration(
                    key, expression, "no regular expression of java.util.regex: " + e.getDescription());
        }
    }
}
