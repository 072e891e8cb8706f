/**
 * From a path to the homework that it belongs to.
 *
 * <p>Knows {@code process} only. Directories decide, not names of files: {@code hw1/hw2/a.c} is ambiguous, a program called
 * {@code hw1} inside of {@code hw1} is nothing unusual.
 */
package io.procmon.homework;
