/**
 * The benchmark: what watching costs, for procmon and for what else a teacher could install, in one run on one machine.
 *
 * <p>It watches from outside, the artefact as users start it, by what anybody can see: the load's own clock, the
 * kernel's account of each BPF program, {@code /proc}, and what arrives at the other end. It asserts nothing: figures
 * of a machine are for people to judge.
 */
package io.procmon.bench;
