/**
 * What a command line means: one {@link io.procmon.parser.CommandParser} for each family of tools.
 *
 * <p>Knows {@code process} only, and has never heard of HTTP or of homework. Arguments are a list, never joined: a joined
 * line forgets where {@code my file.c} began. A parser takes any arguments, since students type them, in time that is in
 * proportion to them.
 */
package io.procmon.parser;
