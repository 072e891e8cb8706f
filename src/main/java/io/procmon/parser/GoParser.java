package io.procmon.parser;

import io.procmon.process.ContainerPath;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the command lines of the go command as a project tool, and finds the name of the program that it builds: the
 * name of the first source file, or the last part of the module path. Only the sources show whether the package
 * contains a program at all.
 */
@ApplicationScoped
public class GoParser implements CommandParser {

    /** The module path in a go.mod: golang.org/ref/mod, "Lexical elements". */
    private static final Pattern MODULE = Pattern.compile("^\\s*+module\\s++[\"`]?([^\\s\"`]++)", Pattern.MULTILINE);

    /** The suffix of a module path from its second version on: isVersionElement in cmd/go/internal/load. */
    private static final Pattern VERSION = Pattern.compile("v(?!1$|0)[0-9]+");

    @Override
    public String name() {
        return "go";
    }

    @Override
    public Command parse(Invocation invocation) {
        ProjectCommand line = new ProjectCommand(invocation);
        Command command = line.read();
        return command instanceof Command.Compile build && line.subCommand().equals("build")
                ? new Command.Compile(
                        build.sources(),
                        build.inputs(),
                        program(invocation.files(), line, build).stream().toList(),
                        build.settings())
                : command;
    }

    /** The path of the program; empty if it is unknown. */
    private static Optional<ContainerPath> program(ProcessFiles files, ProjectCommand line, Command.Compile build) {
        Optional<ContainerPath> output = build.outputs().stream().findFirst();
        return output.filter(path -> !files.isDirectory(path))
                .or(() -> name(files, line, build).map(output.orElseGet(line::startedIn)::resolve));
    }

    private static Optional<String> name(ProcessFiles files, ProjectCommand line, Command.Compile build) {
        if (!build.sources().isEmpty()) {
            String source = build.sources().getFirst().path().fileName();
            return Optional.of(source.substring(0, source.lastIndexOf('.')));
        }
        return line.isAboutSeveral()
                ? Optional.empty()
                : line.projectFile()
                        .flatMap(file -> files.read(file)
                                .flatMap(GoParser::module)
                                .map(module -> lastName(module
                                        + line.where()
                                                .value()
                                                .substring(file.parent().value().length()))));
    }

    private static Optional<String> module(String projectFile) {
        Matcher module = MODULE.matcher(projectFile);
        return module.find() ? Optional.of(module.group(1)) : Optional.empty();
    }

    private static String lastName(String packagePath) {
        ContainerPath path = ContainerPath.of("/" + packagePath);
        return VERSION.matcher(path.fileName()).matches() && path.components().size() > 1
                ? path.parent().fileName()
                : path.fileName();
    }
}
