package io.procmon.parser.cc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.KnownTools;
import io.procmon.config.ResourceTable;
import io.procmon.parser.Invocation;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import io.procmon.process.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Invocations for tests. */
final class Invocations {

    private static final Tool TOOL = KnownTools.named("gcc");

    private Invocations() {}

    /** The options of a driver. */
    static OptionTable table(String driver) {
        String family = driver.startsWith("clang") ? "clang" : driver.equals("nvcc") ? "nvcc" : "gcc";
        return new OptionTable(Stream.of("parsers/cc.options", "parsers/" + family + ".options")
                .flatMap(name -> ResourceTable.lines(name).stream())
                .toList());
    }

    /** An invocation whose files are those of this machine. */
    static Invocation in(Path directory, List<String> command) {
        return new Invocation(TOOL, command, ContainerPath.of(directory.toString()), new RealFiles());
    }

    private record RealFiles() implements ProcessFiles {
        @Override
        public boolean isFile(ContainerPath path) {
            return Files.isRegularFile(Path.of(path.value()));
        }

        @Override
        public boolean isDirectory(ContainerPath path) {
            return Files.isDirectory(Path.of(path.value()));
        }

        @Override
        public Optional<String> read(ContainerPath path) {
            try {
                return isFile(path) ? Optional.of(Files.readString(Path.of(path.value()), UTF_8)) : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
