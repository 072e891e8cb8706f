package io.procmon.cli;

import io.procmon.config.Role;
import io.quarkus.runtime.Quarkus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the class service in place of the agent of a node. */
@Command(
        name = "class",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the class service: takes the activities of many nodes, and serves the class page for all of them.",
            "Each node reports to it by API_ENDPOINT. It watches nothing itself, and needs no privileges."
        })
public final class ClassCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Quarkus.run(ClassService.class, StartupErrors::exit, Role.CLASS_SERVICE);
        return 0;
    }
}
