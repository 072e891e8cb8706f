package io.procmon.config;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * Checks values that have the right type but may still be invalid. All checks run before a port is opened or the BPF
 * program loaded, so that a started service keeps running.
 */
@ApplicationScoped
class ConfigurationCheck {

    private static final Duration RETRY_WAIT_MIN = Duration.ofMillis(100);
    private static final Duration AGE_MIN = Duration.ofMinutes(1);
    private static final long SPOOL_MIN = 1L << 20;
    private static final long RING_MIN = 64L << 10;
    private static final long RING_MAX = 1L << 30;
    private static final int PORT_MAX = 65_535;

    /** Must be shorter than the read-timeout of the REST client in application.properties. */
    static final Duration TIMEOUT_MAX = Duration.ofHours(1);

    private static final Duration SAVE_PAUSE_MAX = Duration.ofHours(1);

    private static final Set<String> TRUTHS = Set.of("true", "false");
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern PREFIX = Pattern.compile("[\\x21-\\x7e]{1,16}");
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Z0-9_]*");

    void atStart(@Observes StartupEvent event, ProcmonConfig config, Config raw) {
        unknownVariables(System.getenv().keySet()).forEach(Log::warn);
        truths(raw);
        bounds(raw);
        ports(raw);
        values(config);
    }

    /**
     * One warning for each environment variable that starts with {@code PROCMON_} and is not a key. The variable is not
     * an error, because Kubernetes sets {@code PROCMON_SERVICE_HOST} for a service of that name. The warning leaves out
     * the value, which may be a secret.
     */
    static List<String> unknownVariables(Collection<String> environment) {
        return environment.stream()
                .filter(ConfigurationKeys::isUnknownVariable)
                .sorted()
                .map(variable -> "the environment variable %s is set, but procmon knows no such key; the nearest is %s"
                        .formatted(variable, ConfigurationKeys.nearestVariable(variable)))
                .toList();
    }

    /** Rejects values other than true and false, because MicroProfile Config reads any other value as false. */
    static void truths(Config raw) {
        for (ConfigurationKeys.Key key : ConfigurationKeys.all()) {
            if (key.type() == boolean.class) {
                raw.getOptionalValue(key.name(), String.class)
                        .filter(value -> !TRUTHS.contains(value))
                        .ifPresent(value -> {
                            throw new InvalidConfiguration(key.name(), value, "must be " + key.allowed());
                        });
            }
        }
    }

    private static void bounds(Config raw) {
        for (ConfigurationKeys.Key key : ConfigurationKeys.all()) {
            key.bounds().ifPresent(bounds -> {
                int value = raw.getValue(key.name(), Integer.class);
                if (value < bounds.min() || value > bounds.max()) {
                    throw new InvalidConfiguration(key.name(), value, "must be " + key.allowed());
                }
            });
        }
    }

    static void values(ProcmonConfig config) {
        if (!PREFIX.matcher(config.hostname().prefix()).matches()) {
            throw new InvalidConfiguration(
                    "procmon.hostname.prefix", config.hostname().prefix(), "must be 1 to 16 visible ASCII characters");
        }
        for (String root : config.homework().roots()) {
            startsWithSlash("procmon.homework.roots", root);
        }
        config.tools().forEach((name, tool) -> tool.type().ifPresent(type -> type(name, type)));
        config.api().endpoint().ifPresent(ConfigurationCheck::endpoint);
        if (config.kafka().enabled() && config.api().endpoint().isPresent()) {
            throw new InvalidConfiguration(
                    "procmon.kafka.enabled",
                    true,
                    "must be false where there is API_ENDPOINT: there is one backend for all activities");
        }
        positive("procmon.api.timeout", config.api().timeout());
        if (config.api().timeout().compareTo(TIMEOUT_MAX) > 0) {
            throw new InvalidConfiguration("procmon.api.timeout", config.api().timeout(), "must be no longer than 1h");
        }
        if (config.api().retryWait().compareTo(RETRY_WAIT_MIN) < 0) {
            throw new InvalidConfiguration(
                    "procmon.api.retry-wait", config.api().retryWait(), "must be no shorter than 100ms");
        }
        positive("procmon.workflow.save-pause", config.workflow().savePause());
        if (config.workflow().savePause().compareTo(SAVE_PAUSE_MAX) > 0) {
            throw new InvalidConfiguration(
                    "procmon.workflow.save-pause", config.workflow().savePause(), "must be no longer than 1h");
        }
        spool(config.spool());
        positive("procmon.stop-timeout", config.stopTimeout());
        positive("procmon.kernel.linger", config.kernel().linger());
        workflow(config.workflow());
        if (config.workflow().report() && !config.classroom().enabled()) {
            throw new InvalidConfiguration(
                    "procmon.workflow.report",
                    true,
                    "needs procmon.classroom.enabled=true: patterns are found in the builds and runs that the node keeps");
        }
        startsWithSlash("procmon.api.generic-path", config.api().genericPath());
        ring(config.kernel().ringSize().asLongValue());
        config.recordTo().ifPresent(ConfigurationCheck::recording);
    }

    /** A spool without space or time would drop all waiting activities. */
    private static void spool(ProcmonConfig.Spool spool) {
        if (spool.maxAge().compareTo(AGE_MIN) < 0) {
            throw new InvalidConfiguration("procmon.spool.max-age", spool.maxAge(), "must be no shorter than 1m");
        }
        room("procmon.spool.max-size", spool.maxSize().asLongValue());
        room("procmon.spool.memory-size", spool.memorySize().asLongValue());
    }

    private static void room(String key, long size) {
        if (size < SPOOL_MIN) {
            throw new InvalidConfiguration(key, size, "must be no less than 1M");
        }
    }

    private static void workflow(ProcmonConfig.Workflow workflow) {
        positive("procmon.workflow.idle", workflow.idle());
        positive("procmon.workflow.stuck-time", workflow.stuckTime());
        positive("procmon.workflow.infinite-loop-stopped", workflow.infiniteLoopStopped());
        positive("procmon.workflow.infinite-loop-running", workflow.infiniteLoopRunning());
        positive("procmon.workflow.paste-time", workflow.pasteTime());
        positive("procmon.workflow.late-start-time", workflow.lateStartTime());
    }

    private static void ports(Config raw) {
        port(raw, "quarkus.management.port", "PROMETHEUS_PORT");
        port(raw, "quarkus.http.port", "QUARKUS_HTTP_PORT");
    }

    private static void port(Config raw, String key, String variable) {
        Optional<Integer> port = raw.getOptionalValue(key, Integer.class);
        if (port.isPresent() && (port.get() < 0 || port.get() > PORT_MAX)) {
            throw new InvalidConfiguration(
                    key, port.get(), "must be a port, 0 to %d; it is set by %s".formatted(PORT_MAX, variable));
        }
    }

    /** Checks the backend's address. A message never contains a password from the address. */
    private static void endpoint(URI endpoint) {
        if (endpoint.getRawAuthority() != null && endpoint.getRawAuthority().contains("@")) {
            throw new InvalidConfiguration("procmon.api.endpoint names a user, but addresses are in logs;"
                    + " a token belongs into the file procmon.api.token-file");
        }
        if (endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            throw new InvalidConfiguration(
                    "procmon.api.endpoint has a query or a fragment, but paths are appended to it:"
                            + " end the address before the ? or the #;"
                            + " a token belongs into the file procmon.api.token-file");
        }
        if (endpoint.getHost() == null || !SCHEMES.contains(endpoint.getScheme())) {
            throw new InvalidConfiguration(
                    "procmon.api.endpoint",
                    endpoint,
                    "must be an http or https address, such as http://localhost:8000");
        }
    }

    private static void startsWithSlash(String key, String path) {
        if (!path.startsWith("/")) {
            throw new InvalidConfiguration(key, path, "must start with a slash");
        }
    }

    private static void type(String tool, String type) {
        if (!TYPE.matcher(type).matches()) {
            throw new InvalidConfiguration(
                    "procmon.tools.%s.type".formatted(tool), type, "must be upper case, such as GCC");
        }
    }

    private static void positive(String key, Duration value) {
        if (!value.isPositive()) {
            throw new InvalidConfiguration(key, value, "must be longer than 0, such as 20s");
        }
    }

    /** Checks the kernel's rule for ring buffers: a power of two, in whole pages of at most 64 KiB. */
    private static void ring(long size) {
        if (Long.bitCount(size) != 1 || size < RING_MIN || size > RING_MAX) {
            throw new InvalidConfiguration("procmon.kernel.ring-size", size, "must be a power of two from 64K to 1G");
        }
    }

    private static void recording(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(file) || !Files.isWritable(directory)) {
            throw new InvalidConfiguration(
                    "procmon.record-to", file, "must be a file in a directory that exists and is writable");
        }
    }
}
