package io.procmon.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What there is to know of a tool's command line.
 *
 * @param options its options
 * @param suffixes of the files that it reads, such as {@code py}
 * @param implied those that a script may be named without
 * @param main the file that a directory stands for, such as {@code __main__.py} or {@code Cargo.toml}; empty if there is
 *     none
 * @param runners programs that run others
 * @param commands its sub-commands, where it has any, with what they do
 * @param program matches the whole path of what it builds and runs as a process of its own, as {@code go run} does: its
 *     run ends as that has ended. Empty if it does not
 */
public record Manual(
        OptionGrammar options,
        List<String> suffixes,
        List<String> implied,
        Optional<String> main,
        List<Runner> runners,
        Map<String, Effect> commands,
        Optional<Pattern> program) {

    /** Whether a file's name has one of the suffixes. */
    public boolean reads(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot >= 0 && suffixes.contains(fileName.substring(dot + 1));
    }

    /** What a sub-command does with the project. */
    public enum Effect {
        /** It neither compiles nor runs anything. Only needed beside a command "otherwise", which stands for all others. */
        NOTHING,
        /** It compiles. */
        BUILD,
        /** It starts other tools, and then the program, which is the activity. */
        START,
        /** It compiles and runs. */
        RUN
    }
}
