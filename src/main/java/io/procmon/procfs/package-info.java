/**
 * Reads facts about a process from {@code /proc}, and the files that the process can see.
 *
 * <p>A student controls these files. So a look-up stays below the process' root directory, opens no file before its
 * type and file system are known, and never waits for a FUSE server. Knows {@code ffi}, {@code events},
 * {@code process}, and the file look-ups of {@code parser} and {@code symbols}.
 */
package io.procmon.procfs;
