package io.procmon.parser;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Parses the command lines of project tools: a sub-command, then options, source files or directories. If the line
 * names no source file, the project file stands for the sources: {@code Cargo.toml}, {@code go.mod}.
 */
@ApplicationScoped
public class ProjectParser implements CommandParser {

    @Override
    public String name() {
        return "project";
    }

    @Override
    public Command parse(Invocation invocation) {
        return new ProjectCommand(invocation).read();
    }
}
