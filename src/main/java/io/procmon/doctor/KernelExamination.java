package io.procmon.doctor;

import io.procmon.bpf.KernelRelease;
import java.util.List;
import java.util.Optional;

/** Examines the kernel: its version, its build options, and its restrictions. */
final class KernelExamination {

    /**
     * Required options. Without them there is no BPF, no hook to attach to, or no hostname to recognise a student by.
     */
    private static final List<String> OPTIONS = List.of(
            "CONFIG_BPF_SYSCALL", "CONFIG_BPF_EVENTS", "CONFIG_DEBUG_INFO_BTF", "CONFIG_UTS_NS", "CONFIG_CGROUPS");

    private static final String BTF = "/sys/kernel/btf/vmlinux";

    private final Machine machine;
    private final KernelRelease release;

    KernelExamination(Machine machine) {
        this.machine = machine;
        this.release =
                new KernelRelease(machine.text("/proc/sys/kernel/osrelease").orElse("unknown"));
    }

    List<Finding> findings() {
        return List.of(release(), options(), btf(), lockdown(), securityModules());
    }

    private Finding release() {
        String newer = "use a newer kernel";
        if (release.isBefore(5, 15)) {
            return Finding.missing("kernel", release + " is older than 5.15", newer);
        }
        if (release.isBefore(5, 17)) {
            return Finding.degraded("kernel", release + " cuts paths of more than 256 components", newer);
        }
        return Finding.ok("kernel", release.toString());
    }

    private Finding options() {
        Optional<String> configuration = machine.gzippedText("/proc/config.gz")
                .or(() -> machine.text("/boot/config-" + release))
                .map(text -> "\n" + text + "\n");
        if (configuration.isEmpty()) {
            return Finding.ok("configuration", "not published by this kernel; the next checks tell");
        }
        List<String> absent = OPTIONS.stream()
                .filter(option -> !configuration.get().contains("\n" + option + "=y\n"))
                .toList();
        return absent.isEmpty()
                ? Finding.ok("configuration", "has " + String.join(", ", OPTIONS))
                : Finding.missing("configuration", "lacks " + String.join(", ", absent), "use a distribution's kernel");
    }

    private Finding btf() {
        return machine.isReadable(BTF)
                ? Finding.ok("btf", BTF)
                : Finding.missing(
                        "btf",
                        BTF + " cannot be read",
                        "use a kernel with CONFIG_DEBUG_INFO_BTF, and give the container access to /sys");
    }

    /** Checks kernel_lockdown(7): the level confidentiality keeps programs from reading the kernel's memory. */
    private Finding lockdown() {
        String modes = machine.text("/sys/kernel/security/lockdown").orElse("[none]");
        return modes.contains("[confidentiality]")
                ? Finding.missing(
                        "lockdown", "confidentiality", "boot with lockdown=integrity, or without the parameter")
                : Finding.ok("lockdown", modes.contains("[integrity]") ? "integrity, which permits it" : "off");
    }

    private Finding securityModules() {
        return Finding.ok(
                "lsm", machine.text("/sys/kernel/security/lsm").orElse("unknown: securityfs is not mounted here"));
    }
}
