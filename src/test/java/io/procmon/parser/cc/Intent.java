package io.procmon.parser.cc;

import io.procmon.parser.Command;
import io.procmon.parser.CompilerSettings.Step;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.TreeSet;

/**
 * The intent of a driver, in terms that both the driver and procmon know.
 *
 * @param sources the sources that it translates, in order, each as "path (translator)"
 * @param inputs the other files that it passes to the linker, in order; empty if it does not link
 * @param outputs the files that it writes
 * @param links whether it calls the linker
 */
record Intent(List<String> sources, List<String> inputs, TreeSet<String> outputs, boolean links) {

    /** Whether it reads no file and writes none. */
    boolean keepsNothing() {
        return sources.isEmpty() && inputs.isEmpty() && outputs.isEmpty() && !links;
    }

    /** The intent that procmon derives from the command line. */
    static Intent of(Command.Compile compile) {
        boolean links = compile.settings().step().orElseThrow() == Step.LINK;
        return new Intent(
                compile.sources().stream().map(Intent::named).toList(),
                links ? compile.inputs().stream().map(ContainerPath::value).toList() : List.of(),
                outputs(compile.outputs()),
                links);
    }

    static TreeSet<String> outputs(List<ContainerPath> paths) {
        TreeSet<String> outputs = new TreeSet<>();
        paths.forEach(path -> outputs.add(path.value()));
        outputs.remove("/dev/null"); // the output that a driver discards
        return outputs;
    }

    static String named(ContainerPath path, String language) {
        return path.value() + " (" + language + ")";
    }

    private static String named(Source source) {
        return named(source.path(), source.language());
    }
}
