/**
 * Where an exec meets its exit, or is found to have none, and where it meets its ancestors: what a student did once is
 * one activity, however many programs it takes.
 *
 * <p>Knows {@code events} and {@code handlers}; one thread. The kernel sends two records instead of keeping one: so nothing
 * large stays in its memory, and a program that never ends is known while it runs. What never meets is counted.
 */
package io.procmon.join;
