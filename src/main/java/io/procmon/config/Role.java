package io.procmon.config;

import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;

/**
 * What this process is: the agent of a node, or the class service. The command that starts the application says so in
 * its arguments, so every bean knows the role before the first request arrives.
 */
@Singleton
public class Role {

    /** The argument that makes the application the class service. */
    public static final String CLASS_SERVICE = "class-service";

    private final List<String> arguments;

    @Inject
    Role(@CommandLineArguments String[] arguments) {
        this.arguments = Arrays.asList(arguments.clone());
    }

    /** The role with these arguments, without a container of beans. */
    public static Role of(String... arguments) {
        return new Role(arguments);
    }

    /** Whether this process is the class service: it takes activities from nodes, and watches none itself. */
    public boolean isClassService() {
        return arguments.contains(CLASS_SERVICE);
    }
}
