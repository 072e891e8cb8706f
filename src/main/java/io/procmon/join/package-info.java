/**
 * Where an exec meets its exit, or is found to have none, where it meets its ancestors, and a run the build that wrote
 * its program: what a student did once is one activity, however many programs it takes.
 *
 * <p>Knows {@code events} and {@code handlers}; one thread. The kernel sends two records instead of keeping one: so nothing
 * large stays in its memory, and a program that never ends is known while it runs. What never meets is counted.
 *
 * <p>Which file did a build write? The kernel names the file of an exec by inode and time, but a build names its output by
 * path, and by the time of its end a student may have moved that. A linker has closed its output when it ends, so its exit
 * record could not tell either, and a hook on every open of the node would cost too much. So whenever a part of a build
 * ends, {@link io.procmon.join.RunningImages} has somebody look where the path leads; the driver is still there behind its
 * linker. Where nobody may look, path and time decide. Time alone never does: files are stamped by the timer's tick, and a
 * copy made right behind a build can have the very stamp of its program.
 *
 * <p>Tools that copy, move or rewrite files pass on what a build wrote: {@code FileTool} knows their command
 * lines. Copies that a program makes by itself, such as {@code cmake --install}, are not seen.
 */
package io.procmon.join;
