package io.procmon;

import io.procmon.cli.AnalyzeCommand;
import io.procmon.cli.ClassCommand;
import io.procmon.cli.DeadLettersCommand;
import io.procmon.cli.DoctorCommand;
import io.procmon.cli.ExportCommand;
import io.procmon.cli.HealthCommand;
import io.procmon.cli.OpenFiles;
import io.procmon.cli.Service;
import io.procmon.cli.StartupErrors;
import io.procmon.cli.Version;
import io.procmon.web.ConnectionGuards;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Without a command it runs the service. */
@QuarkusMain
@Command(
        name = "procmon",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        subcommands = {
            DoctorCommand.class,
            ClassCommand.class,
            HealthCommand.class,
            DeadLettersCommand.class,
            ExportCommand.class,
            AnalyzeCommand.class
        },
        description = "Watches what students compile and run in WebIDE containers, and reports it to a backend.",
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  API_ENDPOINT      the backend, such as http://localhost:8000; without it, an embedded receiver",
            "  API_TIMEOUT       how long procmon waits for an answer, in seconds (20)",
            "  LOG_LEVEL         DEBUG, INFO, WARNING or ERROR (INFO)",
            "  PROMETHEUS_PORT   the port of metrics and health checks (9090)",
            "  PROCMON_*         all other keys, such as PROCMON_HOSTNAME_PREFIX for procmon.hostname.prefix",
            "",
            "Exit status: 143 after SIGTERM, 130 after Ctrl-C, 64 invalid configuration, 65 invalid data set,",
            "69 unsuitable kernel or library, 70 a bug, 71 too little memory or too few open files,",
            "74 a read or write error, 75 a stage without progress, 77 missing privileges."
        })
public final class Main implements Callable<Integer> {

    private static final int OS_ERROR = 71;

    /** Runs the command that the arguments name, or the service. */
    public static void main(String... args) {
        int status = args.length == 0 ? service() : command(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Runs the service without the classes of picocli: the class cache cannot hold them, and they take time to load. */
    private static int service() {
        try {
            return new Main().call();
        } catch (RuntimeException e) {
            return StartupErrors.explain(e, System.err);
        }
    }

    private static int command(String... args) {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, _, _) -> StartupErrors.explain(failure, System.err))
                .execute(args);
    }

    /** Runs the service until it receives a signal to stop. */
    @Override
    public Integer call() {
        Optional<String> problem = OpenFiles.problem();
        if (problem.isPresent()) {
            System.err.println("procmon: " + problem.get());
            return OS_ERROR;
        }
        ConnectionGuards.enable();
        Quarkus.run(Service.class, StartupErrors::exit);
        return 0;
    }
}
