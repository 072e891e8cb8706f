package io.procmon.report;

import java.util.ArrayList;
import java.util.List;
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

    private final List<Pattern> patterns;
    private final CleanTexts cleanCommands = new CleanTexts();
    private final CleanTexts cleanTexts = new CleanTexts();

    /** @param patterns regular expressions, each with a group {@value #SECRET} */
    Redaction(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
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
        if (arguments.size() < 2 || patterns.isEmpty()) {
            return arguments;
        }
        String lines = String.join(
                "\n", arguments.stream().map(it -> it.replace('\n', NEWLINE)).toList());
        if (cleanCommands.have(lines)) {
            return arguments;
        }
        String redacted = lines;
        for (Pattern pattern : patterns) {
            redacted = mask(pattern, redacted, secrets);
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
        if (patterns.isEmpty() || cleanTexts.have(text)) {
            return text;
        }
        String redacted = String.join("/", of(List.of((text + "/").split("/", -1))));
        redacted = redacted.substring(0, redacted.length() - 1);
        if (redacted.equals(text)) {
            cleanTexts.add(text);
        }
        return redacted;
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
