package io.procmon.config;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Compiles regular expressions of the configuration. */
public final class ConfiguredPattern {

    private ConfiguredPattern() {}

    /**
     * Compiles the value of a key.
     *
     * @param key such as {@code procmon.hostname.pattern}
     * @throws InvalidConfiguration if it is not a regular expression of {@link Pattern}
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
