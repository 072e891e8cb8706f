package io.procmon.parser;

import io.procmon.process.Tool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The parsers by name. Each parser has at least one tool, and each tool has a parser. */
public final class Parsers {

    private final Map<String, CommandParser> byName = new HashMap<>();

    /**
     * @throws IllegalArgumentException if a tool names a parser that does not exist, if two parsers share a name, or if
     *     no tool uses a parser; the message names both sides
     */
    public Parsers(Iterable<CommandParser> parsers, List<Tool> tools) {
        for (CommandParser parser : parsers) {
            CommandParser other = byName.put(parser.name(), parser);
            if (other != null) {
                throw new IllegalArgumentException("%s and %s both call themselves the parser '%s'"
                        .formatted(simpleName(other), simpleName(parser), parser.name()));
            }
        }
        Set<String> unused = new TreeSet<>(byName.keySet());
        for (Tool tool : tools) {
            if (!byName.containsKey(tool.parser())) {
                throw new IllegalArgumentException(
                        "procmon.tools.%s.parser is '%s', but no CommandParser has this name; there are %s"
                                .formatted(tool.name(), tool.parser(), new TreeSet<>(byName.keySet())));
            }
            unused.remove(tool.parser());
        }
        if (!unused.isEmpty()) {
            String name = unused.iterator().next();
            throw new IllegalArgumentException("no tool uses the parser '%s' of %s: set procmon.tools.<tool>.parser"
                    .formatted(name, simpleName(byName.get(name))));
        }
    }

    /** The parser for a tool's command lines. */
    public CommandParser of(Tool tool) {
        return byName.get(tool.parser());
    }

    private static String simpleName(CommandParser parser) {
        return parser.getClass().getSimpleName();
    }
}
