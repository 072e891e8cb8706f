package io.procmon.events;

/**
 * The machine that is watched.
 *
 * @param name under which its events go
 * @param bootId names this boot of it, worldwide and for ever: {@code /proc/sys/kernel/random/boot_id}
 */
public record Node(String name, String bootId) {}
