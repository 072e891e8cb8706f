package io.procmon.config;

import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;

/**
 * The role of this process: the agent of a node, or the class service. The command passes it as an argument of the
 * application, so that all beans know the role at start-up.
 */
@Singleton
public class Role {

    /** The argument for the class service. */
    public static final String CLASS_SERVICE = "class-service";

    private final List<String> arguments;

    @Inject
    Role(@CommandLineArguments String[] arguments) {
        this.arguments = Arrays.asList(arguments.clone());
    }

    /** The role for these arguments, for callers without a CDI container. */
    public static Role of(String... arguments) {
        return new Role(arguments);
    }

    /** Whether this process is the class service, which receives activities of nodes and watches no processes. */
    public boolean isClassService() {
        return arguments.contains(CLASS_SERVICE);
    }
}
