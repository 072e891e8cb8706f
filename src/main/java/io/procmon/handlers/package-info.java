/**
 * The handlers that interpret an exec: its owner, its container, its command line and its homework.
 *
 * <p>Knows {@code events}, {@code process}, {@code parser} and {@code homework}. It does no I/O, reads no clock and
 * writes no log. A rejection is a value with a {@link io.procmon.handlers.Reason}; the label of the metric and the
 * tests use the same reason. The handlers run at the exec, before the join. So an exec that is not an activity is
 * dropped at once, and procmon knows an activity that runs for hours while it runs.
 * {@link io.procmon.handlers.ActivityHandler} is the interface for additional handlers.
 */
package io.procmon.handlers;
