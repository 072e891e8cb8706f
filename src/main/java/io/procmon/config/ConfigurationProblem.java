package io.procmon.config;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Explains an invalid value to an operator: the key, the value, and the permitted values. */
public final class ConfigurationProblem {

    private static final Pattern CONVERSION =
            Pattern.compile("(?s)SRCFG00039: The config property (\\S+) with the config value \"(.*?)\" threw .*");
    private static final Pattern UNKNOWN = Pattern.compile("SRCFG00050: (\\S+) in .* does not map to any root");

    /** Keys of other extensions that users set through procmon's own variables. */
    private static final String LEVELS = "DEBUG, INFO, WARNING or ERROR; it is set by LOG_LEVEL";

    private static final String PORTS = "a port, 0 to 65535; it is set by PROMETHEUS_PORT or QUARKUS_HTTP_PORT";

    private ConfigurationProblem() {}

    /**
     * Explains a failure.
     *
     * @return one line; empty if the configuration did not cause the failure
     */
    public static Optional<String> in(Throwable failure) {
        return switch (failure) {
            case InvalidConfiguration invalid -> Optional.of(invalid.getMessage());
            case ConfigValidationException invalid ->
                Optional.of(line(invalid.getProblem(0).getMessage()));
            case ConfigurationException invalid -> Optional.of(line(invalid.getMessage()));
            case IllegalArgumentException invalid
            when String.valueOf(invalid.getMessage()).startsWith("SRCFG") -> Optional.of(line(invalid.getMessage()));
            default -> Optional.empty();
        };
    }

    private static String line(String message) {
        Matcher conversion = CONVERSION.matcher(withoutClass(message));
        if (conversion.matches()) {
            return new InvalidConfiguration(
                            conversion.group(1), conversion.group(2), "must be " + allowed(conversion.group(1)))
                    .getMessage();
        }
        Matcher unknown = UNKNOWN.matcher(withoutClass(message));
        if (unknown.matches()) {
            return unknown.group(1)
                    + " is set, but no such key is known; the documentation (configuration.md) lists all keys";
        }
        return oneLine(message);
    }

    private static String allowed(String key) {
        return ConfigurationKeys.find(key)
                .map(ConfigurationKeys.Key::allowed)
                .orElse(key.startsWith("quarkus.log.") ? LEVELS : key.endsWith(".port") ? PORTS : "of another form");
    }

    /** Removes the class name of a wrapped exception from the start of a message. */
    private static String withoutClass(String message) {
        int at = message.indexOf("SRCFG");
        return at > 0 ? message.substring(at) : message;
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ");
    }
}
