package io.procmon.cli;

import io.procmon.config.Role;
import io.procmon.web.ConnectionGuards;
import io.quarkus.runtime.Quarkus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the class service instead of the agent of a node. */
@Command(
        name = "class",
        mixinStandardHelpOptions = true,
        subcommands = MirrorLinkCommand.class,
        description = {
            "Runs the class service: receives the activities of many nodes, and serves one class page for all of them.",
            "Each node reports to it by API_ENDPOINT. The class service watches no processes and needs no privileges."
        })
public final class ClassCommand implements Callable<Integer> {

    /** A node opens one connection for each of its requests under way. One connection uses 14 KB. */
    private static final int CONNECTIONS_MAX = 4096;

    private static final String LIMIT = "quarkus.http.limits.max-connections";
    private static final String LIMIT_VARIABLE = "QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS";

    @Override
    public Integer call() {
        ConnectionGuards.allow(CONNECTIONS_MAX);
        ConnectionGuards.enable();
        if (System.getenv(LIMIT_VARIABLE) == null && System.getProperty(LIMIT) == null) {
            System.setProperty(LIMIT, Integer.toString(CONNECTIONS_MAX));
        }
        Quarkus.run(ClassService.class, StartupErrors::exit, Role.CLASS_SERVICE);
        return 0;
    }
}
