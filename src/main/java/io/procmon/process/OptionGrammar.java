package io.procmon.process;

import java.util.Map;
import java.util.Set;

/**
 * How the options of a command line are built, as the tool's manual has it: data, so that a parser can read the command
 * lines of tools that it has never heard of.
 *
 * @param prefixes the characters that an option may start with: {@code -}, for shells {@code -+}
 * @param letters the options of one letter, which may be combined behind one dash; none if this tool does not combine
 * @param alone the other options that have no value, where they could be taken for letters: {@code -norc}
 * @param values the other options whose value is the next argument, unless it is joined by an equals sign
 * @param end arguments behind which there are no more options: {@code --}, for shells also a single dash
 * @param asks options that make the tool answer and leave: {@code --version}
 * @param inline options with which the program comes from the command line or standard input: {@code -c}
 * @param module options whose value names a module, and behind which everything belongs to that module: {@code -m}
 * @param file options whose value is the file to be run, or the application: {@code -jar}
 * @param output options whose value is where the output goes: {@code -o}
 * @param directory options whose value is where the tool goes before it reads on: {@code -C}
 * @param complete whether the tool has no other options than these, and refuses any other
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

    /** Whether the tool takes a whole option, such as {@code --version}. */
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

    /** What may follow an option of one letter. */
    public enum Letter {
        /** Further letters: {@code a}. */
        ALONE,
        /** Its value: what is left of the argument, or else the next one: {@code a:}, as getopt(3) writes it. */
        VALUE,
        /** Its value, if anything is left of the argument: {@code a::}. */
        OPTIONAL_VALUE,
        /** A number, if there is one, and further letters: {@code a#}, as perl's {@code -0777ne}. */
        NUMBER,
        /** Further letters; its value is the next argument all the same: {@code a+}, as a shell's {@code -eo pipefail}. */
        NEXT_ARGUMENT
    }
}
