package io.procmon.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Removes secrets from command lines and from all other texts of an activity, before an activity is stored or sent. The
 * text that the group {@code secret} of a pattern matches becomes {@value #MASK}. A pattern is applied to the arguments
 * with one argument per line. So it can distinguish {@code --token=x} from {@code --token} followed by {@code x}. It
 * can also distinguish the {@code -p} of mysql from that of gcc. A pattern is applied to a path with one name per line.
 */
final class Redaction {

    /** The replacement of a secret. */
    static final String MASK = "***";

    /** The group of a pattern whose match is masked. */
    static final String SECRET = "secret";

    /** Replaces a newline within an argument: the one character that no argument can contain. */
    private static final char NEWLINE = '\0';

    /** Replaces a newline within an argument in the pattern's input: white space that does not end an argument. */
    private static final char VERTICAL_TAB = 0x0B;

    private final List<Kind> kinds;

    /** The words of all kinds; empty if one kind has none. */
    private final Optional<Words> suspicious;

    private final CleanTexts cleanCommands = new CleanTexts();
    private final CleanTexts cleanTexts = new CleanTexts();

    /** A kind of secret, with its words ready to be searched for. */
    private record Kind(Pattern pattern, Optional<Words> words) {

        Kind(Secret secret) {
            this(
                    secret.pattern(),
                    Optional.of(secret.words()).filter(it -> !it.isEmpty()).map(Words::new));
        }

        boolean mayBeIn(String text) {
            return words.isEmpty() || words.get().areIn(text);
        }
    }

    /** @param secrets the kinds of secrets */
    Redaction(List<Secret> secrets) {
        kinds = secrets.stream().map(Kind::new).toList();
        suspicious = kinds.stream().allMatch(kind -> kind.words().isPresent())
                ? Optional.of(new Words(
                        secrets.stream().flatMap(it -> it.words().stream()).toList()))
                : Optional.empty();
    }

    /** Redacts arguments. */
    List<String> of(List<String> arguments) {
        return of(arguments, new ArrayList<>());
    }

    /**
     * Redacts arguments and collects the secrets, because a parser may have taken one for a file.
     *
     * @param secrets receives each secret that was found
     */
    List<String> of(List<String> arguments, List<String> secrets) {
        if (arguments.size() < 2 || !areSuspicious(arguments)) {
            return arguments;
        }
        String lines = String.join(
                "\n", arguments.stream().map(it -> it.replace('\n', NEWLINE)).toList());
        if (cleanCommands.have(lines)) {
            return arguments;
        }
        String redacted = lines;
        for (Kind kind : kinds) {
            if (kind.mayBeIn(redacted)) {
                redacted = mask(kind.pattern(), redacted, secrets);
            }
        }
        if (redacted.equals(lines)) {
            cleanCommands.add(lines);
            return arguments;
        }
        return Stream.of(redacted.split("\n", -1))
                .map(it -> it.replace(NEWLINE, '\n'))
                .toList();
    }

    /** Redacts a path or another text. */
    String text(String text) {
        if (!isSuspicious(text) || cleanTexts.have(text)) {
            return text;
        }
        String redacted = String.join("/", of(List.of((text + "/").split("/", -1))));
        redacted = redacted.substring(0, redacted.length() - 1);
        if (redacted.equals(text)) {
            cleanTexts.add(text);
        }
        return redacted;
    }

    /** Whether a text has a word of a secret: most have none, and no pattern is applied to them. */
    private boolean isSuspicious(String text) {
        return suspicious.isEmpty() || suspicious.get().areIn(text);
    }

    private boolean areSuspicious(List<String> texts) {
        for (String text : texts) {
            if (isSuspicious(text)) {
                return true;
            }
        }
        return false;
    }

    private static String mask(Pattern pattern, String lines, List<String> secrets) {
        Matcher matcher = pattern.matcher(lines.replace(NEWLINE, VERTICAL_TAB));
        if (!matcher.find()) {
            return lines;
        }
        StringBuilder masked = new StringBuilder(lines.length());
        int copied = 0;
        do {
            if (matcher.start(SECRET) >= 0) {
                masked.append(lines, copied, matcher.start(SECRET)).append(MASK);
                secrets.add(lines.substring(matcher.start(SECRET), matcher.end(SECRET))
                        .replace(NEWLINE, '\n'));
                copied = matcher.end(SECRET);
            }
        } while (matcher.find());
        return masked.append(lines, copied, lines.length()).toString();
    }
}
