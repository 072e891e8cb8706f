package io.procmon.config;

import static java.util.stream.Collectors.partitioningBy;

import io.procmon.process.CommandSyntax;
import io.procmon.process.Runner;
import io.procmon.process.Tool;
import io.procmon.process.ToolRegistry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A tool of the configuration.
 *
 * @param name the name of the tool
 * @param said the keys of the tool, then those of the tool that it is like, and so on; the first value applies
 */
public record ConfiguredTool(String name, List<ProcmonConfig.Tool> said) {

    /**
     * Builds the registry of all tools.
     *
     * @throws InvalidConfiguration if a tool is incomplete or contradicts itself; the message names the key
     */
    public static ToolRegistry tools(Map<String, ProcmonConfig.Tool> configured) {
        Set<String> known = ToolFiles.tools();
        Map<Boolean, List<Tool>> builtIn = configured.keySet().stream()
                .map(name -> new ConfiguredTool(name, models(name, configured)).tool())
                .collect(partitioningBy(tool -> known.contains(tool.name())));
        return new ToolRegistry(builtIn.get(false), builtIn.get(true));
    }

    private static List<ProcmonConfig.Tool> models(String name, Map<String, ProcmonConfig.Tool> configured) {
        Set<String> asked = new LinkedHashSet<>();
        List<ProcmonConfig.Tool> models = new ArrayList<>();
        Optional<String> current = Optional.of(name);
        while (current.isPresent()) {
            if (!asked.add(current.get())) {
                throw new InvalidConfiguration(
                        "%s leads in a circle: %s".formatted(key(name, "like"), String.join(" -> ", asked)));
            }
            ProcmonConfig.Tool model = configured.get(current.get());
            if (model == null) {
                throw new InvalidConfiguration(
                        key(name, "like"), current.get(), "there is no such tool; there are " + configured.keySet());
            }
            models.add(model);
            current = model.like();
        }
        return models;
    }

    private Tool tool() {
        return new Tool(
                name,
                required("kind", ProcmonConfig.Tool::kind),
                required("type", ProcmonConfig.Tool::type),
                find(ProcmonConfig.Tool::language).orElse(name),
                pattern("executable", required("executable", ProcmonConfig.Tool::executable)),
                find(ProcmonConfig.Tool::invokedAs).map(it -> pattern("invoked-as", it)),
                find(ProcmonConfig.Tool::argument).map(it -> pattern("argument", it)),
                required("parser", ProcmonConfig.Tool::parser),
                syntax());
    }

    private CommandSyntax syntax() {
        return new CommandSyntax(
                new ConfiguredOptions(
                                name + ".options",
                                said.stream().map(ProcmonConfig.Tool::options).toList())
                        .grammar(),
                find(ProcmonConfig.Tool::suffixes).orElse(List.of()),
                find(ProcmonConfig.Tool::implied).orElse(List.of()),
                find(ProcmonConfig.Tool::main),
                entries(ProcmonConfig.Tool::runners).entrySet().stream()
                        .map(entry -> runner(entry.getKey(), entry.getValue()))
                        .toList(),
                Map.copyOf(entries(ProcmonConfig.Tool::commands)),
                find(ProcmonConfig.Tool::program).map(it -> pattern("program", it)));
    }

    private Runner runner(String runner, ProcmonConfig.Runner configured) {
        String key = "runners." + runner;
        return new Runner(
                runner,
                pattern(key + ".script", configured.script().orElse("/.*/bin/" + Pattern.quote(runner) + "[0-9.-]*")),
                configured.command(),
                configured.operand(),
                new ConfiguredOptions(name + "." + key + ".options", List.of(configured.options())).grammar());
    }

    private <T> T required(String key, Function<ProcmonConfig.Tool, Optional<T>> getter) {
        return find(getter)
                .orElseThrow(() -> new InvalidConfiguration("%s is missing: set it, or set %s to a tool that has it"
                        .formatted(key(name, key), key(name, "like"))));
    }

    private <T> Optional<T> find(Function<ProcmonConfig.Tool, Optional<T>> getter) {
        return said.stream().map(getter).flatMap(Optional::stream).findFirst();
    }

    private <T> Map<String, T> entries(Function<ProcmonConfig.Tool, Map<String, T>> getter) {
        return said.stream()
                .map(getter)
                .filter(map -> !map.isEmpty())
                .findFirst()
                .orElse(Map.of());
    }

    private Pattern pattern(String key, String expression) {
        return ConfiguredPattern.compile(key(name, key), expression);
    }

    private static String key(String tool, String key) {
        return "procmon.tools." + tool + "." + key;
    }
}
