package io.procmon.process;

import java.util.Map;
import java.util.Set;

/**
 * The grammar of a tool's options, taken from its manual. It is data, so that one parser can read the command lines of
 * many tools.
 *
 * @param prefixes the characters that an option may start with: {@code -}, for shells {@code -+}
 * @param letters the options of one letter, which may be combined after one dash; none if the tool does not combine
 * them
 * @param alone the other options without a value that could be read as letters: {@code -norc}
 * @param values the other options whose value is the next argument, unless an equals sign joins it
 * @param end arguments after which there are no options: {@code --}, for shells also a single dash
 * @param asks options with which the tool prints information and ends: {@code --version}
 * @param inline options with which the program comes from the command line or standard input: {@code -c}
 * @param module options whose value names a module; all later arguments belong to the module: {@code -m}
 * @param file options whose value is the file to run, or the application: {@code -jar}
 * @param output options whose value is the output: {@code -o}
 * @param directory options whose value is the directory that the tool changes to first: {@code -C}
 * @param complete whether the tool has only these options, and rejects any other
 */
public record OptionGrammar(
        String prefixes,
        Map<Character, Letter> letters,
        Set<String> alone,
        Set<String> values,
        Set<String> end,
        Set<String> asks,
        Set<String> inline,
        Set<String> module,
        Set<String> file,
        Set<String> output,
        Set<String> directory,
        boolean complete) {

    /** Whether the tool accepts a whole option, such as {@code --version}. */
    public boolean takes(String option) {
        return !complete || names(option);
    }

    /** Whether a whole option is listed. */
    public boolean names(String option) {
        return alone.contains(option)
                || values.contains(option)
                || asks.contains(option)
                || inline.contains(option)
                || module.contains(option)
                || file.contains(option)
                || output.contains(option)
                || directory.contains(option);
    }

    /** The meaning of the characters after an option of one letter. */
    public enum Letter {
        /** They are further letters: {@code a}. */
        ALONE,
        /** They are the value; otherwise the next argument is the value: {@code a:}, as getopt(3) writes it. */
        VALUE,
        /** They are the value, if there are any: {@code a::}. */
        OPTIONAL_VALUE,
        /** They are a number, if there is one, then further letters: {@code a#}, as perl's {@code -0777ne}. */
        NUMBER,
        /** They are further letters. The value is the next argument: {@code a+}, as a shell's {@code -eo pipefail}. */
        NEXT_ARGUMENT
    }
}
