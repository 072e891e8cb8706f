package io.procmon.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The running kernel. */
public final class KernelInfo {

    private static final Path RELEASE = Path.of("/proc/sys/kernel/osrelease");
    private static final Path BTF = Path.of("/sys/kernel/btf/vmlinux");

    private KernelInfo() {}

    /** The release, such as {@code 6.1.0-32-cloud-amd64}. */
    public static String release() {
        try {
            return Files.readString(RELEASE).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** The requirements for a kernel, as the end of a message about a call that this kernel does not support. */
    static String requirement() {
        String unsupported = unsupported();
        return unsupported.isEmpty()
                ? "kernel %s for %s does not support this, although it is 5.15 or later: take a newer kernel of a distribution"
                        .formatted(release(), System.getProperty("os.arch"))
                : unsupported;
    }

    /** A sentence with the missing feature of this kernel and the remedy; empty if no feature is known to be missing. */
    public static String unsupported() {
        if (!Files.isReadable(BTF)) {
            return "%s is not there: kernel %s was built without CONFIG_DEBUG_INFO_BTF, or /sys is not mounted; take a distribution's kernel of 5.15 or later"
                    .formatted(BTF, release());
        }
        return new KernelRelease(release()).isBefore(5, 15)
                ? "kernel %s is older than 5.15: take a newer one".formatted(release())
                : "";
    }
}
