/**
 * Parses command lines: one {@link io.procmon.parser.CommandParser} for each family of tools.
 *
 * <p>Knows {@code process} only. Arguments are a list and are never joined, because a joined line would lose where
 * {@code my file.c} began. Students type the arguments, so a parser accepts any, in time proportional to their length.
 */
package io.procmon.parser;
