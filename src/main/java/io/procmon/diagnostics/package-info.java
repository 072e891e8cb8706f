/**
 * What compilers, interpreters and programs complain of, read from the text that they wrote to standard error.
 *
 * <p>Knows {@code process}. A text becomes {@link io.procmon.diagnostics.TextLine lines}, and each line is compared with the
 * rules of the {@link io.procmon.diagnostics.Recipe recipes} of its language; a {@link io.procmon.diagnostics.Reading}
 * puts together what several lines say of one diagnostic. The recipes are tables in {@code src/main/resources/diagnostics},
 * so that a new tool or a new version of one needs no code. A student's program can print anything, so there is no regular
 * expression: a {@link io.procmon.diagnostics.Template} never tries anything twice.
 *
 * <p>A type stays the same when the same mistake is made again. Where a tool has a code, it is the type. Else the message
 * without its names is, and {@code types.aliases} brings together what several compilers and versions say.
 */
package io.procmon.diagnostics;
