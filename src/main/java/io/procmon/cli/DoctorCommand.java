package io.procmon.cli;

import io.procmon.doctor.Doctor;
import io.quarkus.runtime.Quarkus;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@link Doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Reports what prevents procmon from watching this machine, and how to correct it.",
        footer = {
            "",
            "Exit status: 0 procmon can watch, 64 wrong configuration, 69 procmon cannot watch, 77 missing privileges."
        })
public final class DoctorCommand implements Callable<Integer> {

    /**
     * The settings of the check. It opens no port, so it can run at the same time as the service. It prints only its
     * report.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "quarkus.http.host-enabled", "false",
            "quarkus.management.host-enabled", "false",
            "quarkus.log.level", "ERROR");

    @Option(names = Doctor.JSON, description = "Prints the report as JSON.")
    boolean json;

    @Override
    public Integer call() {
        SETTINGS.forEach(System::setProperty);
        Quarkus.run(Doctor.class, StartupErrors::exit, json ? new String[] {Doctor.JSON} : new String[0]);
        return 0;
    }
}
