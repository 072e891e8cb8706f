package io.procmon.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The description of a tool's command line.
 *
 * @param options its options
 * @param suffixes the suffixes of the files that it reads, such as {@code py}
 * @param implied the suffixes that the name of a script may omit
 * @param main the file that represents a directory, such as {@code __main__.py} or {@code Cargo.toml}; empty if there
 * is none
 * @param runners programs in its language that run others
 * @param commands the effects of its sub-commands, by name
 * @param program matches the whole path of a program that the tool builds and then runs in another process, as
 * {@code go run} does; the run then ends as that program ends. Empty for other tools
 */
public record CommandSyntax(
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

    /** The effect of a sub-command on the project. */
    public enum Effect {
        /**
         * It neither compiles nor runs anything. Only needed in addition to a command "otherwise", which represents all
         * others.
         */
        NOTHING,
        /** It compiles. */
        BUILD,
        /** It starts other tools, then the program. The program is the activity. */
        START,
        /** It compiles and runs. */
        RUN
    }
}
