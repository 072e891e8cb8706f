/**
 * The benchmark: the cost of watching for procmon and for other tracers, in one run on one machine.
 *
 * <p>It measures the artefact from outside, as users start it: with the clock of the load, the kernel's statistics of
 * each BPF program, {@code /proc}, and the arrival times at the receiver. It asserts nothing, because the figures
 * depend on the machine.
 */
package io.procmon.bench;
