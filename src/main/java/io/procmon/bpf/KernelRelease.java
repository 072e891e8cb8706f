package io.procmon.bpf;

/**
 * A kernel's release, compared by its first two numbers.
 *
 * @param text such as {@code 6.1.0-32-cloud-amd64}
 */
public record KernelRelease(String text) {

    /** Whether the release is older. A text without two numbers counts as new: the load shows what the kernel supports. */
    public boolean isBefore(int major, int minor) {
        String[] parts = text.split("[^0-9]+", -1);
        if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            return false;
        }
        int ours = Integer.parseInt(parts[0]);
        return ours < major || (ours == major && Integer.parseInt(parts[1]) < minor);
    }

    @Override
    public String toString() {
        return text;
    }
}
