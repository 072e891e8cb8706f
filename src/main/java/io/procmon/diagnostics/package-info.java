/**
 * Reads the diagnostics of compilers, interpreters and programs from the text that they wrote to standard error.
 *
 * <p>Knows {@code process}. A text becomes {@link io.procmon.diagnostics.TextLine lines}. Each line is compared with the
 * rules of the {@link io.procmon.diagnostics.Recipe recipes} of its language. A {@link io.procmon.diagnostics.Reading}
 * combines several lines about one diagnostic. The recipes are tables in {@code src/main/resources/diagnostics}, so a new
 * tool or a new version needs no code. A student's program can print anything, and a regular expression may take
 * exponential time. So a {@link io.procmon.diagnostics.Template} matches without backtracking.
 *
 * <p>Equal mistakes have equal types. If a tool has a code, the code is the type. Otherwise the type is the message without
 * its names, and {@code types.aliases} gives one type to equivalent messages of several compilers and versions.
 */
package io.procmon.diagnostics;
