/**
 * Finds the homework that a path belongs to.
 *
 * <p>Knows {@code process} only. Directories decide, not names of files: {@code hw1/hw2/a.c} is ambiguous, while
 * {@code hw1/hw1/a.c} and a program {@code hw1/hw2} belong to {@code hw1}.
 */
package io.procmon.homework;
