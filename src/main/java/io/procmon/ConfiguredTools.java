package io.procmon;

import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.process.Tool;
import io.procmon.process.Toolbox;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The toolbox that the configuration describes: each tool with what it says itself, and what it takes from another. */
final class ConfiguredTools {

    private final Map<String, ProcmonConfig.Tool> configured;

    private ConfiguredTools(Map<String, ProcmonConfig.Tool> configured) {
        this.configured = configured;
    }

    /**
     * Builds the toolbox.
     *
     * @throws InvalidConfiguration if a tool is incomplete or contradicts itself; the message names the key
     */
    static Toolbox toolbox(Map<String, ProcmonConfig.Tool> configured) {
        ConfiguredTools tools = new ConfiguredTools(configured);
        return new Toolbox(configured.keySet().stream().map(tools::tool).toList());
    }

    private Tool tool(String name) {
        return new Tool(
                name,
                switch (required(name, "kind", ProcmonConfig.Tool::kind)) {
                    case COMPILER -> Tool.Kind.COMPILER;
                    case INTERPRETER -> Tool.Kind.INTERPRETER;
                },
                required(name, "type", ProcmonConfig.Tool::type),
                find(name, ProcmonConfig.Tool::language).orElse(name),
                pattern(name, "executable", required(name, "executable", ProcmonConfig.Tool::executable)),
                find(name, ProcmonConfig.Tool::invokedAs).map(it -> pattern(name, "invoked-as", it)),
                required(name, "parser", ProcmonConfig.Tool::parser));
    }

    private <T> T required(String name, String key, Function<ProcmonConfig.Tool, Optional<T>> getter) {
        return find(name, getter)
                .orElseThrow(() -> new InvalidConfiguration("%s is missing: set it, or set %s to a tool that has it"
                        .formatted(key(name, key), key(name, "like"))));
    }

    /** What a tool says itself, or else the tool that it is like, or else the one that that one is like. */
    private <T> Optional<T> find(String name, Function<ProcmonConfig.Tool, Optional<T>> getter) {
        Set<String> asked = new LinkedHashSet<>();
        Optional<String> current = Optional.of(name);
        while (current.isPresent()) {
            if (!asked.add(current.get())) {
                throw new InvalidConfiguration(
                        "%s leads in a circle: %s".formatted(key(name, "like"), String.join(" -> ", asked)));
            }
            ProcmonConfig.Tool tool = configured.get(current.get());
            if (tool == null) {
                throw new InvalidConfiguration(
                        key(name, "like"), current.get(), "there is no such tool; there are " + configured.keySet());
            }
            Optional<T> value = getter.apply(tool);
            if (value.isPresent()) {
                return value;
            }
            current = tool.like();
        }
        return Optional.empty();
    }

    private static Pattern pattern(String name, String key, String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new InvalidConfiguration(
                    key(name, key), expression, "no regular expression of java.util.regex: " + e.getDescription());
        }
    }

    private static String key(String tool, String key) {
        return "procmon.tools." + tool + "." + key;
    }
}
