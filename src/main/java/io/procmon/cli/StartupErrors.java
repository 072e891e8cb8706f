package io.procmon.cli;

import io.procmon.config.ConfigurationProblem;
import io.procmon.config.InvalidConfiguration;
import io.quarkus.runtime.QuarkusBindException;
import java.io.PrintStream;
import java.net.BindException;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** Explains why the service could not start: one line for the operator, and an exit status from sysexits.h. */
public final class StartupErrors {

    private static final int USAGE = 64;
    private static final int SOFTWARE = 70;

    private StartupErrors() {}

    /** Prints the reason if the status is not 0, and exits. */
    public static void exit(Integer status, Throwable failure) {
        System.exit(failure == null ? status : explain(failure, System.err));
    }

    /**
     * Prints the reason.
     *
     * @return the exit status
     */
    public static int explain(Throwable failure, PrintStream to) {
        Optional<String> problem =
                causes(failure).flatMap(cause -> problem(cause).stream()).findFirst();
        if (problem.isPresent()) {
            to.println("procmon: configuration: " + problem.get());
            return USAGE;
        }
        to.println("procmon: cannot start, which is a bug: " + failure);
        failure.printStackTrace(to);
        return SOFTWARE;
    }

    /**
     * The problem of a server port. Quarkus wraps it in its own exception for the main port, but not for the management
     * port.
     */
    private static Optional<String> problem(Throwable cause) {
        return switch (cause) {
            case QuarkusBindException _ -> Optional.of(portInUse("quarkus.http.port", "QUARKUS_HTTP_PORT"));
            case BindException _ -> Optional.of(portInUse("quarkus.management.port", "PROMETHEUS_PORT"));
            default -> ConfigurationProblem.in(cause);
        };
    }

    private static String portInUse(String key, String variable) {
        return new InvalidConfiguration(
                        key, value(key).orElse(""), "the port is in use; set %s to a free one".formatted(variable))
                .getMessage();
    }

    private static Optional<String> value(String key) {
        return ConfigProvider.getConfig().getOptionalValue(key, String.class);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
