package io.procmon.report;

import io.procmon.process.ContainerPath;
import io.procmon.process.RawText;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Cleans the texts of one activity for the report. Secrets are masked in all texts. The student's id is replaced by the
 * pseudonym in texts that may contain it.
 *
 * <p>Only the arguments show that the word after {@code --password} is a secret; a parser takes that word for a file.
 * Therefore the arguments are redacted first, and their secrets are masked in all other texts.
 */
final class PrivateTexts {

    /** A secret shorter than this is masked only where it is a whole word of a path or an address. */
    private static final int DISTINCT = 6;

    private final Redaction redaction;
    private final ContainerPath cwd;
    private final List<String> secrets;
    private final UnaryOperator<String> pseudonym;
    private final UnaryOperator<String> others;

    /**
     * @param cwd the working directory, which is the base of relative arguments
     * @param secrets the secrets in the arguments
     * @param pseudonym replaces the student's id by the pseudonym
     * @param others masks a name that may be that of another student
     */
    PrivateTexts(
            Redaction redaction,
            ContainerPath cwd,
            List<String> secrets,
            UnaryOperator<String> pseudonym,
            UnaryOperator<String> others) {
        this.redaction = redaction;
        this.cwd = cwd;
        this.secrets = secrets.stream()
                .flatMap(it -> Stream.of(it, ContainerPath.of(it).value().substring(1)))
                .filter(it -> !it.isBlank())
                .distinct()
                .toList();
        this.pseudonym = pseudonym;
        this.others = others;
    }

    /** Cleans a name that a student or the course chose, or a text that quotes one. */
    String of(String text) {
        return named(redacted(text));
    }

    /** Cleans a name that may contain the id of another student. */
    String ofAnother(String text) {
        return others.apply(of(text));
    }

    /** Replaces the student's id in a text that is redacted already. U+FFFD stands for bytes that are not UTF-8. */
    String named(String redacted) {
        return pseudonym.apply(RawText.readable(redacted));
    }

    /**
     * Redacts a term that cannot contain a student's id, such as {@code c12}. With an id such as {@code 12}, a
     * pseudonym would change its meaning.
     */
    String redacted(String text) {
        return RawText.readable(redaction.text(secrets.isEmpty() ? text : withoutSecrets(text)));
    }

    private String withoutSecrets(String text) {
        // The working directory is not an argument, so a password that equals the homework's name does not change it.
        boolean below = text.startsWith(cwd.value()) && ContainerPath.of(text).isWithin(cwd);
        int from = below ? cwd.value().length() : 0;
        String masked = text.substring(from);
        for (String secret : secrets) {
            masked = secret.length() < DISTINCT ? maskWords(masked, secret) : masked.replace(secret, Redaction.MASK);
        }
        return text.substring(0, from) + masked;
    }

    private static String maskWords(String text, String secret) {
        return text.contains(secret)
                ? Pattern.compile("(?<![^/:@=&?])" + Pattern.quote(secret) + "(?![^/:@=&?])")
                        .matcher(text)
                        .replaceAll(Redaction.MASK)
                : text;
    }
}
