package io.procmon.diagnostics;

import java.util.Optional;

/**
 * A line without its colours.
 *
 * @param text at most {@link TextLines#LENGTH} characters, without control characters but tabs
 * @param colour what its first colour means to gcc and clang: red an error, magenta a warning
 */
record TextLine(String text, Optional<Severity> colour) {}
