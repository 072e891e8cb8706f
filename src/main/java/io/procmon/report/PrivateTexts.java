package io.procmon.report;

import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is told of the texts of one activity: all of them without secrets, and those that may hold the student's id with the
 * pseudonym in its place.
 *
 * <p>Only the arguments show that a word behind {@code --password} is a secret. A parser takes that word for a file. So the
 * arguments are redacted first, and their secrets are masked in all other texts.
 */
final class PrivateTexts {

    /** A shorter secret is masked only where it is a whole word of a path or an address. */
    private static final int DISTINCT = 6;

    private final Redaction redaction;
    private final ContainerPath cwd;
    private final List<String> secrets;
    private final UnaryOperator<String> pseudonym;

    /**
     * @param cwd the working directory: relative arguments became paths below it
     * @param secrets those of the arguments
     * @param pseudonym puts the pseudonym in the place of the student's id
     */
    PrivateTexts(Redaction redaction, ContainerPath cwd, List<String> secrets, UnaryOperator<String> pseudonym) {
        this.redaction = redaction;
        this.cwd = cwd;
        this.secrets = secrets.stream()
                .flatMap(it -> Stream.of(it, ContainerPath.of(it).value().substring(1)))
                .filter(it -> !it.isBlank())
                .distinct()
                .toList();
        this.pseudonym = pseudonym;
    }

    /** A name that a student or the course chose, or a text that quotes one. */
    String of(String text) {
        return named(redacted(text));
    }

    /** A text that is redacted already, with the pseudonym in the id's place. */
    String named(String redacted) {
        return pseudonym.apply(redacted);
    }

    /**
     * A term that cannot hold a student's id, such as {@code c12}: with an id such as {@code 12}, a replacement would change what
     * it means.
     */
    String redacted(String text) {
        // The working directory itself is no argument: a password that is called like the homework leaves it alone.
        boolean below = text.startsWith(cwd.value()) && ContainerPath.of(text).isWithin(cwd);
        int from = below ? cwd.value().length() : 0;
        String masked = text.substring(from);
        for (String secret : secrets) {
            masked = secret.length() < DISTINCT ? maskWords(masked, secret) : masked.replace(secret, Redaction.MASK);
        }
        return redaction.text(text.substring(0, from) + masked);
    }

    private static String maskWords(String text, String secret) {
        return text.contains(secret)
                ? Pattern.compile("(?<![^/:@=&?])" + Pattern.quote(secret) + "(?![^/:@=&?])")
                        .matcher(text)
                        .replaceAll(Redaction.MASK)
                : text;
    }
}
