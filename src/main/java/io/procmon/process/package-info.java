/**
 * What a process is: its student, its tool, its container, its status, and paths as its container sees them.
 *
 * <p>A leaf that knows no other package. {@link io.procmon.process.ContainerPath} is lexical: {@code java.nio.file} would
 * ask this node's disk about the container's files. Tool names are data, since next year brings another compiler.
 */
package io.procmon.process;
