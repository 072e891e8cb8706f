package io.procmon.parser;

import io.procmon.process.CommandSyntax;
import io.procmon.process.ContainerPath;
import java.util.Optional;

/**
 * Finds the file that runs if the command line names a directory, a module, or a script without its suffix.
 *
 * @param invocation the command line of the interpreter
 */
record ScriptFinder(Invocation invocation) {

    /** The file for a path; the path itself if no other file is found. */
    ContainerPath script(ContainerPath path) {
        CommandSyntax syntax = invocation.tool().syntax();
        ProcessFiles files = invocation.files();
        if (syntax.main().isPresent() && files.isDirectory(path)) {
            return path.resolve(syntax.main().get());
        }
        if (syntax.implied().isEmpty() || files.isFile(path)) {
            return path;
        }
        return syntax.implied().stream()
                .map(suffix -> ContainerPath.of(path.value() + "." + suffix))
                .filter(files::isFile)
                .findFirst()
                .orElse(path);
    }

    /**
     * The file of a module in the working directory, which is searched first. The order is that of importlib's
     * FileFinder: a package, then a module, then a directory without {@code __init__}.
     */
    Optional<ContainerPath> module(String module) {
        Optional<String> main = invocation.tool().syntax().main();
        if (module.isEmpty() || main.isEmpty() || module.indexOf('/') >= 0) {
            return Optional.empty();
        }
        ProcessFiles files = invocation.files();
        ContainerPath directory = invocation.cwd().resolve(module.replace('.', '/'));
        ContainerPath mainFile = directory.resolve(main.get());
        if (files.isFile(directory.resolve("__init__.py")) && files.isFile(mainFile)) {
            return Optional.of(mainFile);
        }
        ContainerPath file = ContainerPath.of(directory.value() + ".py");
        return Optional.of(file)
                .filter(files::isFile)
                .or(() -> Optional.of(mainFile).filter(files::isFile));
    }
}
