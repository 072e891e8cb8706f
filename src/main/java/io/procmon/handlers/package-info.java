/**
 * The chain that decides what an exec means: whose process it is, in which container, for which homework.
 *
 * <p>Knows {@code events}, {@code process}, {@code parser} and {@code homework}; no I/O, no clock, no log. A refusal is a
 * value with a {@link io.procmon.handlers.Reason}: the metric's label and the test come from that one word. The chain runs at
 * exec, while the join comes last, so that what is no activity is dropped at once and what runs for hours is known while it
 * runs. {@link io.procmon.handlers.ActivityHandler} is the place for a handler of your own.
 */
package io.procmon.handlers;
