package io.procmon.diagnostics;

import java.util.Optional;

/**
 * A line without its colours.
 *
 * @param text at most {@link TextLines#LENGTH} characters, without control characters except tabs
 * @param colour the meaning of its first colour in gcc and clang: red is an error, magenta a warning
 */
record TextLine(String text, Optional<Severity> colour) {}
