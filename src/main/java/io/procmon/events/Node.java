package io.procmon.events;

/**
 * The machine that procmon watches.
 *
 * @param name the name of the node in events
 * @param bootId a globally unique id of the current boot, from {@code /proc/sys/kernel/random/boot_id}
 */
public record Node(String name, String bootId) {}
