package io.procmon.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.bpf.KernelOptions;
import io.procmon.config.ProcmonConfig;
import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.doctor.Finding.Verdict;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Examines the machine, prints the findings, and exits with a status for scripts. */
public class Doctor implements QuarkusApplication {

    /** The option for JSON output. */
    public static final String JSON = "--json";

    private static final int UNAVAILABLE = 69;
    private static final int NO_PERMISSION = 77;

    private final ProcmonConfig config;
    private final Optional<String> brokers;
    private final KernelOptions kernel;
    private final ObjectMapper mapper;

    @Inject
    Doctor(
            ProcmonConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> brokers,
            KernelOptions kernel,
            ObjectMapper mapper) {
        this.config = config;
        this.brokers = brokers;
        this.kernel = kernel;
        this.mapper = mapper;
    }

    @Override
    public int run(String... args) throws Exception {
        List<Finding> findings = examine(Machine.here());
        if (Arrays.asList(args).contains(JSON)) {
            System.out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json(findings)));
        } else {
            findings.forEach(finding -> System.out.println(finding.line()));
        }
        return status(findings);
    }

    /** The exit status: 0 if procmon can watch, even with degraded findings; otherwise a status from sysexits.h. */
    static int status(List<Finding> findings) {
        List<String> missing = findings.stream()
                .filter(finding -> finding.verdict() == Verdict.MISSING)
                .map(Finding::subject)
                .toList();
        if (missing.isEmpty()) {
            return 0;
        }
        return missing.contains(PrivilegeExamination.SUBJECT) ? NO_PERMISSION : UNAVAILABLE;
    }

    ObjectNode json(List<Finding> findings) {
        Verdict worst = findings.stream()
                .map(Finding::verdict)
                .max(Comparator.naturalOrder())
                .orElse(Verdict.OK);
        ObjectNode report = mapper.createObjectNode().put("verdict", worst.label());
        ArrayNode list = report.putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("subject", finding.subject())
                    .put("verdict", finding.verdict().label())
                    .put("observation", finding.observation())
                    .put("remedy", finding.remedy());
        }
        return report;
    }

    private List<Finding> examine(Machine machine) throws InterruptedException {
        ResourceExamination resources = new ResourceExamination(machine, kernel.kernelBytes(), kernel.burstSize());
        String hostname = machine.text("/proc/sys/kernel/hostname").orElse("");
        List<Finding> findings = new ArrayList<>(new KernelExamination(machine).findings());
        findings.add(new PrivilegeExamination(machine).finding());
        findings.add(resources.controlGroups());
        findings.add(resources.memory());
        findings.add(new MountExamination().finding());
        findings.add(backend());
        boolean capture = config.diagnostics().level() != DiagnosticsLevel.OFF;
        SelfTest test = new SelfTest(hostname, UUID.randomUUID().toString(), capture);
        findings.add(test.finding());
        findings.add(test.capture());
        findings.add(test.crashes());
        return findings;
    }

    private Finding backend() {
        Duration timeout = config.api().timeout();
        if (config.kafka().enabled()) {
            return BackendExamination.kafka(brokers.orElse(""), timeout).finding();
        }
        return config.api()
                .endpoint()
                .map(endpoint -> BackendExamination.http(endpoint, timeout).finding())
                .orElseGet(BackendExamination::embedded);
    }
}
