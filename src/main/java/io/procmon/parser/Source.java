package io.procmon.parser;

import io.procmon.process.ContainerPath;

/**
 * A file that a compiler translates.
 *
 * @param path the path of the file
 * @param language a language such as {@code c}, {@code c++} or {@code java}; for a compiler driver, a value of its
 * option {@code -x}
 */
public record Source(ContainerPath path, String language) {}
