/**
 * Matches each exec with its exit, its ancestors, and the build that wrote its program. So one action of a student is
 * one activity, even if it starts many programs. An exec whose exit is not found is counted under a reason.
 *
 * <p>Knows {@code handlers} and the packages that it knows; one thread. The kernel program sends a record of the exec
 * and a record of the exit, instead of keeping the first until the second. So the kernel holds no large records, and
 * procmon knows a program that never ends while it runs. Records without a match are counted.
 *
 * <p>Which file did a build write? The kernel identifies the file of an exec by inode and time. A build names its
 * output by path, and a student may have moved the file before procmon reads the end of the build. The exit record
 * cannot identify the file either, because a linker has closed it by then. A hook on every open of the node would cost
 * too much. So whenever a part of a build ends, {@link io.procmon.join.RunningImages} looks at the output path; after
 * the end of the linker, the driver still runs. If procmon cannot look at the file, path and time decide together. Time
 * alone never decides: the kernel stamps files with the time of the last timer tick, so a copy that is made directly
 * after a build can have the same stamp as its program.
 *
 * <p>Tools that copy, move or rewrite files pass on the build of a file: {@code FileTool} knows their command lines.
 * A copy that another program makes, such as {@code cmake --install}, is recognised
 * by its name, its size and its modification time.
 */
package io.procmon.join;
