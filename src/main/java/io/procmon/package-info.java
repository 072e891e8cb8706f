/**
 * procmon: from the kernel to the backend and to the teacher's page. {@link io.procmon.Main} is the command line.
 *
 * <pre>{@code
 *  source --> stream --------------------------------> spool --> api --> backend
 *  bpf        handlers (process, homework, parser)     report    http, kafka
 *  procfs     join
 *                |
 *                v
 *             classroom: course, logbook, workflow, pattern, overview, progsnap2, web
 *                ^
 *                |
 *             intake <-- HTTP, from the backend clients of other nodes, if this process is the class service
 * }</pre>
 *
 * <p>{@code stream.Pipeline} defines the data path. {@code cli} holds the commands and {@code config} the
 * configuration. {@code metrics} and {@code health} are for operators. {@code doctor} reports what prevents procmon
 * from watching a node. {@code ArchitectureTest} checks which package may use which.
 */
package io.procmon;
