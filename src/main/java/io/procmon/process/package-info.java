/**
 * The facts about a process: its student, its tool, its container, its status, and paths as its container sees them.
 *
 * <p>Knows no other package. {@link io.procmon.process.ContainerPath} resolves paths as text, because {@code
 * java.nio.file} would look for the container's files on the disk of this node. Names of tools are data, because each
 * year brings new compilers.
 */
package io.procmon.process;
