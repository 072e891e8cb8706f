/**
 * The analysis of a class: sessions, cycles, figures and patterns, computed from the attempts at a homework.
 *
 * <p>Knows {@code course}, {@code measures}, {@code diagnostics} and {@code process}; reads no file and no clock. Only
 * {@link io.procmon.classroom.workflow.Attempt attempts} are stored. {@link io.procmon.classroom.workflow.History} puts
 * them in order, and all results are computed from the history on request. So late and repeated events do no harm: the
 * same set of attempts gives the same result.
 *
 * <p>Exit codes alone do not give the Error Quotient (Jadud 2006), the RED (Becker 2016) or the Watwin score (Watson
 * 2013), which need compiler messages. Figures based on exit codes therefore have names of their own.
 */
package io.procmon.classroom.workflow;
