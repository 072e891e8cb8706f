package io.procmon;

import io.procmon.config.DriverParsers;
import io.procmon.config.ProcmonConfig;
import io.procmon.config.ToolFiles;
import io.procmon.events.Argv;
import io.procmon.events.ContainerContext;
import io.procmon.events.ExecCall;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.ExitRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.Moment;
import io.procmon.events.Node;
import io.procmon.events.ProcessIds;
import io.procmon.events.Usage;
import io.procmon.parser.AssemblerParser;
import io.procmon.parser.CommandParser;
import io.procmon.parser.GoParser;
import io.procmon.parser.GoalParser;
import io.procmon.parser.JavaParser;
import io.procmon.parser.ProjectParser;
import io.procmon.parser.ScriptParser;
import io.procmon.parser.SourceParser;
import io.procmon.process.ContainerPath;
import io.procmon.process.ControlGroup;
import io.procmon.process.WaitStatus;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Test data of a classroom: its configuration, its node, and processes that differ only in the given fields. */
public final class Classroom {

    public static final String HOSTNAME = "jcode-os-1-202012180";
    public static final String CONTAINER = "9a879f2e3c6b4d5f8e7a1b2c3d4e5f60718293a4b5c6d7e8f9a0b1c2d3e4f506";
    public static final ContainerPath HW1 = ContainerPath.of("/home/coder/project/hw1");
    public static final Node NODE = new Node("lab-1", "c7a1bd32-8f0c-4c57-9d2e-1f7a3b9c4d5e");

    private static final String CGROUP = "/system.slice/docker-" + CONTAINER + ".scope";

    private static final Instant BOOT = Instant.parse("2026-03-02T08:00:00Z");

    private Classroom() {}

    /** The artefact's own configuration with some keys changed. */
    public static ProcmonConfig config(Map<String, String> changed) {
        try {
            return new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDiscoveredConverters()
                    .withSources(
                            new PropertiesConfigSource(ProcmonConfig.class.getResource("/application.properties"), 100))
                    .withSources(new ToolFiles())
                    .withSources(new PropertiesConfigSource(changed, "changed", 300))
                    .withMapping(ProcmonConfig.class)
                    .build()
                    .getConfigMapping(ProcmonConfig.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All parsers of the artefact. */
    public static List<CommandParser> parsers() {
        return Stream.concat(
                        DriverParsers.all().stream(),
                        Stream.of(
                                new AssemblerParser(),
                                new GoalParser(),
                                new GoParser(),
                                new JavaParser(),
                                new ProjectParser(),
                                new ScriptParser(),
                                new SourceParser()))
                .toList();
    }

    /** A process of the student that runs an executable in the first homework. */
    public static ExecRecord exec(int tgid, String executable, String... argv) {
        return exec(HOSTNAME, image(tgid, 1), executable, argv);
    }

    /** A process image in the container of a hostname. */
    public static ExecRecord exec(String hostname, ImageKey image, String executable, String... argv) {
        return exec(hostname, CGROUP, image, executable, argv);
    }

    /** A script that was executed under a name; the executable is its interpreter. */
    public static ExecRecord script(String filename, String executable, String... argv) {
        return exec(HOSTNAME, CGROUP, image(1, 1), filename, executable, argv);
    }

    /** A process image in a cgroup, with a hostname. */
    public static ExecRecord exec(String hostname, String cgroup, ImageKey image, String executable, String... argv) {
        return exec(hostname, cgroup, image, executable, executable, argv);
    }

    private static ExecRecord exec(
            String hostname, String cgroup, ImageKey image, String filename, String executable, String[] argv) {
        return new ExecRecord(
                image,
                Optional.empty(),
                at(image.startNanos()),
                false,
                new ProcessIds(1, 26, 1000),
                new ContainerContext(hostname, 0, new ControlGroup(cgroup, 2642)),
                new ExecCall(
                        new Executable(ContainerPath.of(executable), 1, 2, BOOT, 16_384, false, false),
                        filename,
                        HW1,
                        new Argv(List.of(argv), false, String.join(" ", argv).length() + 1L)),
                Set.of());
    }

    /** The exit of an image, a millisecond after its exec. */
    public static ExitRecord exit(ImageKey image, int status) {
        return new ExitRecord(
                image,
                at(image.startNanos() + 1_000_000),
                new WaitStatus(status),
                new Usage(Duration.ofNanos(700_000), Duration.ZERO, 999_424, false));
    }

    /** An image of a process; the execs of a process have ascending numbers. */
    public static ImageKey image(int tgid, int execId) {
        return new ImageKey(tgid, tgid * 1_000_000_000L, execId);
    }

    private static Moment at(long bootNanos) {
        return new Moment(bootNanos, BOOT.plusNanos(bootNanos));
    }
}
