package io.procmon.parser;

import io.procmon.process.ContainerPath;

/**
 * A file that a compiler translates.
 *
 * @param path where it is
 * @param language such as {@code c}, {@code c++} or {@code java}; of a compiler driver, as its {@code -x} has it
 */
public record Source(ContainerPath path, String language) {}
