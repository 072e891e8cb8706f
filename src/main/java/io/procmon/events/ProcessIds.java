package io.procmon.events;

/**
 * The numbers of a process in the kernel, in addition to those of its image.
 *
 * @param ppid the parent's process id in the initial pid namespace
 * @param nsPid the process id in the process' own pid namespace
 * @param uid the user id in the initial user namespace
 */
public record ProcessIds(int ppid, int nsPid, int uid) {}
