/**
 * procmon: from the kernel to the backend and to the teacher's page. {@link io.procmon.Main} is the command line.
 *
 * <pre>{@code
 *  source --> stream --------------------------------> spool --> api --> backend
 *  bpf        handlers (process, homework, parser)     report    http, kafka
 *  procfs     join
 *                |
 *                v
 *             classroom: course, logbook, workflow, pattern, progsnap2, web
 * }</pre>
 *
 * <p>{@code stream.Pipeline} spells the data path. {@code cli} holds the commands, {@code config} the configuration,
 * {@code metrics} and {@code health} what an operator watches, {@code doctor} what keeps a node from being watched.
 * {@code ArchitectureTest} checks the arrows.
 */
package io.procmon;
