package io.procmon.process;

/**
 * The hostname of a process, with the facts that decide between several hostnames of a container.
 *
 * @param hostname the UTS hostname of the process
 * @param utsLevel the depth of the user namespace that owns the UTS namespace; 0 is the initial user namespace. A
 * process without privileges can set a hostname only in a UTS namespace of its own user namespace, below the
 * container's
 * @param startNanos the start of the process on the boot clock, in nanoseconds; {@link #EARLIER_BOOT} before the node
 * booted
 */
public record HostnameClaim(String hostname, int utsLevel, long startNanos) {

    /** The start of a process that ran before the node booted. */
    public static final long EARLIER_BOOT = Long.MIN_VALUE;

    /**
     * Whether this hostname is more likely to be that of the container: it was set in a higher user namespace, or in an
     * equally high one by a process that started earlier.
     */
    boolean isBetterThan(HostnameClaim other) {
        return utsLevel == other.utsLevel ? startNanos < other.startNanos : utsLevel < other.utsLevel;
    }
}
