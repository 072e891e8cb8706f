/**
 * Parses the command lines of C and C++ compiler drivers: gcc, g++, clang, clang++ and compatible ones.
 *
 * <p>The options are data in {@code parsers/*.options}, taken from the compilers' own tables. The code contains the
 * rules: how options are recognised, which steps a driver takes, and how it names its outputs. A test compares a table
 * of real command lines with the commands that both compilers print for them ({@code -###}).
 *
 * <p>Argument files ({@code @file}) are read through {@link io.procmon.parser.ProcessFiles}; the code has no other
 * inputs.
 */
package io.procmon.parser.cc;
