/**
 * The command lines of C and C++ compiler drivers: gcc, g++, clang, clang++ and those that imitate them.
 *
 * <p>What an option means is data, in {@code parsers/*.options}, taken from the compilers' own tables; the code knows
 * how options are told apart, what steps a driver takes, and which names it gives to what it writes. A table of real
 * command lines is compared with what both compilers say that they would do ({@code -###}).
 *
 * <p>Pure: files of further arguments ({@code @file}) are read through {@link io.procmon.parser.ProcessFiles}.
 */
package io.procmon.parser.cc;
