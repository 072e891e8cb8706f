package io.procmon.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of command lines, and out of every other text about an activity, before anything is kept or sent: what
 * the group {@code secret} of a pattern matches becomes {@value #MASK}. A pattern sees the arguments a line each, so that it
 * can tell {@code --token=x} from {@code --token} followed by {@code x}, and {@code -p} of mysql from that of gcc. Of a path,
 * it sees the names a line each.
 */
final class Redaction {

    /** Stands for a secret. */
    static final String MASK = "***";

    /** The group of a pattern that is masked. */
    static final String SECRET = "secret";

    /** Stands for a newline within an argument: the one character that no argument can hold. */
    private static final char NEWLINE = '\0';

    /** What a pattern sees in its place: white space, but not the end of an argument. */
    private static final char VERTICAL_TAB = 0x0B;

    private final List<Pattern> patterns;
    private final CleanTexts cleanCommands = new CleanTexts();
    private final CleanTexts cleanTexts = new CleanTexts();

    /** @param patterns each with a group {@value #SECRET} */
    Redaction(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /** The arguments without their secrets. */
    List<String> of(List<String> arguments) {
        return of(arguments, new ArrayList<>());
    }

    /**
     * The same, and what the secrets are: a parser may have taken one for a file.
     *
     * @param secrets gets each secret that was found
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

    /** A path or another text, without its secrets. */
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
