package io.procmon.parser;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * The command lines of tools that know their projects: a sub-command, then options, source files or directories. Where
 * it names no source file, the project's own file stands for it: {@code Cargo.toml}, {@code go.mod}.
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
