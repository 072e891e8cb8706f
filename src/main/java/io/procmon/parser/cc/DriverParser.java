package io.procmon.parser.cc;

import io.procmon.parser.Command;
import io.procmon.parser.CommandParser;
import io.procmon.parser.Invocation;
import java.util.List;
import java.util.Optional;

/** Parses the command lines of one driver. */
public final class DriverParser implements CommandParser {

    private final String name;
    private final OptionTable table;
    private final boolean plusPlus;
    private final boolean strict;

    /**
     * Creates the parser of a driver.
     *
     * @param name the name of the parser
     * @param table the options of the driver
     * @param plusPlus whether the driver compiles C files as C++, as g++ and clang++ do
     */
    public DriverParser(String name, OptionTable table, boolean plusPlus) {
        this(name, table, plusPlus, false);
    }

    private DriverParser(String name, OptionTable table, boolean plusPlus, boolean strict) {
        this.name = name;
        this.table = table;
        this.plusPlus = plusPlus;
        this.strict = strict;
    }

    /**
     * Creates the parser of a driver of which only the name is known. The program may be no driver, or may have options
     * with values that are in no table. So only certain inputs count: objects, libraries, and sources by their
     * suffixes.
     */
    public static DriverParser ofUnlisted(String name, OptionTable table, boolean plusPlus) {
        return new DriverParser(name, table, plusPlus, true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Command parse(Invocation invocation) {
        ArgumentFiles files = new ArgumentFiles(invocation.files(), invocation.cwd());
        List<String> arguments = files.expand(invocation.arguments());
        Request request = new Request(table, plusPlus, strict, invocation.cwd());
        boolean operandsOnly = false;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (operandsOnly || !argument.startsWith("-") || argument.equals("-")) {
                request.file(argument);
                continue;
            }
            Optional<Option> known = table.find(argument);
            if (known.isEmpty()) {
                continue;
            }
            Option option = known.get();
            String joined = option.joined(argument).orElse("");
            int following = Math.min(option.following(joined), arguments.size() - 1 - i);
            request.option(option, argument, following > 0 ? arguments.get(i + following) : joined);
            operandsOnly = option.effect() == Option.Effect.OPERANDS;
            i += following;
        }
        return request.command(files.unread());
    }
}
