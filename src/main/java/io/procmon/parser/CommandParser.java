package io.procmon.parser;

/**
 * Parses the command lines of one family of tools. Implementations are CDI beans. The configuration says which tools
 * use them ({@code procmon.tools.<tool>.parser}).
 */
public interface CommandParser {

    /** The name that the configuration uses, such as {@code cc}. */
    String name();

    /** Parses a command line. It never throws for any arguments. The time is proportional to their length. */
    Command parse(Invocation invocation);
}
