package io.procmon.kernels;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine whose processor QEMU emulates. So the tests also run in a virtual machine without nested virtualisation.
 */
final class VirtualMachine {

    /**
     * The limit of boots of a machine whose first process reports nothing. On an emulated processor, a kernel may panic while
     * it boots, before procmon runs.
     */
    private static final int BOOTS_MAX = 3;

    /** Two processors, each with a thread of this machine. */
    private static final List<String> FAST = List.of("-smp", "2");

    /**
     * One processor, and a clock that advances by one nanosecond with each instruction. While the processor waits, the
     * clock jumps to the next timer.
     */
    private static final List<String> COUNTING = List.of("-smp", "1", "-icount", "shift=0,sleep=off");

    private VirtualMachine() {}

    /**
     * Boots a kernel, and waits until its first process has stopped the machine.
     *
     * @param scenario a script in {@code src/test/sh/vm}
     * @param directory for the output of the machine
     * @return the output of the scenario to the second serial port
     */
    static List<String> run(Path kernel, Path initramfs, String scenario, Path directory) throws IOException {
        return run(FAST, kernel, initramfs, scenario, directory);
    }

    /** The same in a machine whose clock counts instructions. */
    static List<String> runCounting(Path kernel, Path initramfs, String scenario, Path directory) throws IOException {
        return run(COUNTING, kernel, initramfs, scenario, directory);
    }

    private static List<String> run(
            List<String> processors, Path kernel, Path initramfs, String scenario, Path directory) throws IOException {
        Path console = directory.resolve("console");
        Path report = directory.resolve("report");
        int boots = 0;
        do {
            boot(processors, kernel, initramfs, scenario, console, report);
        } while (++boots < BOOTS_MAX && Files.size(report) == 0);
        List<String> lines = Files.readAllLines(report);
        if (lines.stream().noneMatch(line -> line.startsWith("status "))) {
            List<String> said = Files.readAllLines(console, ISO_8859_1);
            throw new AssertionError("%s ended early:%n%s"
                    .formatted(kernel, String.join("\n", said.subList(Math.max(0, said.size() - 50), said.size()))));
        }
        return lines;
    }

    private static void boot(
            List<String> processors, Path kernel, Path initramfs, String scenario, Path console, Path report) {
        List<String> command = new ArrayList<>(List.of(
                "qemu-system-x86_64",
                "-machine",
                "q35,accel=tcg",
                // QEMU 7.2 emulates cmpxchg16b with wrong flags, and the kernel's allocator relies on them.
                "-cpu",
                "max,-cx16",
                "-m",
                "1024",
                "-nodefaults",
                "-display",
                "none",
                "-no-reboot",
                "-kernel",
                kernel.toString(),
                "-initrd",
                initramfs.toString(),
                "-append",
                "console=ttyS0 panic=-1 quiet scenario=" + scenario,
                "-serial",
                "file:" + console,
                "-serial",
                "file:" + report));
        command.addAll(processors);
        Command.run(command.toArray(String[]::new));
    }
}
