package io.procmon;

import io.procmon.config.ConfiguredTool;
import io.procmon.config.ProcmonConfig;
import io.procmon.config.ToolFiles;
import io.procmon.process.CommandSyntax;
import io.procmon.process.OptionGrammar;
import io.procmon.process.Tool;
import io.procmon.process.ToolRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The default tools, for tests that need only the tools. */
public final class KnownTools {

    private static final int ENVIRONMENT = 300;

    private KnownTools() {}

    /** The tools of resources/tools, changed by environment variables. */
    public static ToolRegistry tools(Map<String, String> environment) {
        return ConfiguredTool.tools(new SmallRyeConfigBuilder()
                .withSources(new ToolFiles())
                .withSources(new EnvConfigSource(environment, ENVIRONMENT))
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(ProcmonConfig.class)
                .build()
                .getConfigMapping(ProcmonConfig.class)
                .tools());
    }

    /** The tool of a file in resources/tools. */
    public static Tool named(String name) {
        return tools(Map.of()).tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A tool that does not exist, for any executable with its name. */
    public static Tool fictitious(String name, Tool.Kind kind, String parser) {
        OptionGrammar none = new OptionGrammar(
                "-",
                Map.of(),
                Set.of(),
                Set.of(),
                Set.of("--"),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                false);
        return new Tool(
                name,
                kind,
                name.toUpperCase(Locale.ROOT),
                name,
                Pattern.compile(".*/" + Pattern.quote(name)),
                Optional.empty(),
                Optional.empty(),
                parser,
                new CommandSyntax(none, List.of(), List.of(), Optional.empty(), List.of(), Map.of(), Optional.empty()));
    }
}
