package io.procmon.report;

import io.procmon.config.ConfiguredPattern;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig.Privacy.Redact;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A kind of secret.
 *
 * @param pattern its group {@value Redaction#SECRET} is the secret
 * @param words each match contains one of them, in upper or lower case; empty if such words are not known
 */
record Secret(Pattern pattern, List<String> words) {

    /**
     * The secret of a configuration.
     *
     * @param name such as {@code mysql}
     * @throws InvalidConfiguration if the pattern is not a regular expression, or has no such group
     */
    static Secret of(String name, Redact configured) {
        String key = "procmon.privacy.redact." + name + ".pattern";
        String expression = configured.pattern().getValue();
        Pattern pattern = ConfiguredPattern.compile(key, expression);
        if (!pattern.namedGroups().containsKey(Redaction.SECRET)) {
            throw new InvalidConfiguration(key, expression, "it needs a group (?<secret>...)");
        }
        return new Secret(
                pattern,
                configured
                        .words()
                        .filter(words -> belong(words, configured.pattern()))
                        .map(words -> words(name, words.getValue()))
                        .orElse(List.of()));
    }

    /**
     * Whether the words come from the same configuration source as the pattern, and not from a pattern that this one
     * replaces.
     */
    private static boolean belong(ConfigValue words, ConfigValue pattern) {
        return words.getConfigSourceOrdinal() >= pattern.getConfigSourceOrdinal();
    }

    private static List<String> words(String name, String listed) {
        List<String> words = Stream.of(listed.split(",", -1)).map(String::strip).toList();
        if (!words.stream().allMatch(word -> word.matches("\\p{Graph}\\S*"))) {
            throw new InvalidConfiguration(
                    "procmon.privacy.redact." + name + ".words",
                    listed,
                    "must be words, separated by commas, each with a first character of ASCII");
        }
        return words;
    }
}
