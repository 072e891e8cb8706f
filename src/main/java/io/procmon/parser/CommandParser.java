package io.procmon.parser;

/**
 * Reads the command lines of one family of tools. Implementations are beans; the configuration says which tools use
 * them ({@code procmon.tools.<tool>.parser}).
 */
public interface CommandParser {

    /** The name that the configuration uses, such as {@code cc}. */
    String name();

    /** What a command line means. Never throws, whatever the arguments are; takes time in proportion to them. */
    Command parse(Invocation invocation);
}
