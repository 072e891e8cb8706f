package io.procmon.recipes;

import io.procmon.parser.Command;
import io.procmon.parser.CommandParser;
import io.procmon.parser.Invocation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Awk's program is in a file only after -f; otherwise it is on the command line. */
@ApplicationScoped
public class AwkParser implements CommandParser {

    @Override
    public String name() {
        return "awk";
    }

    @Override
    public Command parse(Invocation awk) {
        List<String> arguments = awk.arguments();
        int file = arguments.indexOf("-f") + 1;
        return file > 0 && file < arguments.size()
                ? new Command.Run(awk.cwd().resolve(arguments.get(file)), false)
                : new Command.Nothing(Command.Why.INLINE);
    }
}
