/**
 * Finds the functions and the lines of a program that crashed, from the captured crash and from the program's files.
 *
 * <p>Knows {@code events} and {@code diagnostics}. A program's {@link io.procmon.symbols.FileContents file} is an ELF
 * file: {@link io.procmon.symbols.ElfFile}. Its {@link io.procmon.symbols.UnwindTable} finds the place where a function
 * keeps the address of its caller, its {@link io.procmon.symbols.SymbolTable} names functions, and its
 * {@link io.procmon.symbols.LineTable} has the lines. A {@link io.procmon.symbols.StackUnwinder} goes from caller to
 * caller with them, so it needs no frame pointers. It stops at a frame whose caller it cannot find.
 *
 * <p>A student can write any file. So every table has a limit, damaged tables are empty, and no loop is longer than its
 * table. Nothing here opens a file or reads a clock.
 */
package io.procmon.symbols;
