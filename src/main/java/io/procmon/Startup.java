package io.procmon;

import io.procmon.config.InvalidConfiguration;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.stream.Stream;

/** Why the service could not start: one line for the operator, and an exit status as sysexits.h has them. */
final class Startup {

    private static final int USAGE = 64;
    private static final int UNAVAILABLE = 69;
    private static final int SOFTWARE = 70;

    private Startup() {}

    /** Leaves with a status, after having said why it is not 0. */
    static void exit(Integer status, Throwable failure) {
        System.exit(failure == null ? status : explain(failure, System.err));
    }

    /**
     * Says why.
     *
     * @return the exit status
     */
    static int explain(Throwable failure, PrintStream to) {
        Optional<String> problem =
                causes(failure).flatMap(Startup::configurationProblem).findFirst();
        if (problem.isPresent()) {
            to.println("procmon: configuration: " + problem.get());
            return USAGE;
        }
        Optional<QuarkusBindException> port = causes(failure)
                .filter(QuarkusBindException.class::isInstance)
                .map(QuarkusBindException.class::cast)
                .findFirst();
        if (port.isPresent()) {
            to.println("procmon: %s: set PROMETHEUS_PORT or QUARKUS_HTTP_PORT to a free one"
                    .formatted(port.get().getMessage()));
            return UNAVAILABLE;
        }
        to.println("procmon: cannot start, which is a bug: " + failure);
        failure.printStackTrace(to);
        return SOFTWARE;
    }

    private static Stream<String> configurationProblem(Throwable cause) {
        return switch (cause) {
            case InvalidConfiguration invalid -> Stream.of(invalid.getMessage());
            case ConfigValidationException invalid ->
                Stream.of(invalid.getProblem(0).getMessage());
            case ConfigurationException invalid -> Stream.of(invalid.getMessage());
            case IllegalArgumentException invalid
            when String.valueOf(invalid.getMessage()).startsWith("SRCFG") -> Stream.of(invalid.getMessage());
            default -> Stream.empty();
        };
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
