/**
 * How a class works: from the attempts at a homework to sessions, cycles, figures and patterns.
 *
 * <p>Knows {@code events}, {@code parser} and {@code process}; asks no disk and no clock. What is kept is a set of {@link
 * io.procmon.classroom.workflow.Attempt attempts}, and all else is a function of that set: {@link
 * io.procmon.classroom.workflow.History} puts them in order, and sessions, cycles, figures and patterns are read from the history
 * when somebody asks. There is no state that a late or a repeated event could spoil: the same attempts give the same
 * answer, in whatever order they came and however often.
 *
 * <p>Names are honest. Without a compiler's messages there is no Error Quotient (Jadud 2006), no RED (Becker 2016) and no
 * Watwin score (Watson 2013): what can be said from exit codes alone is said under names of its own.
 */
package io.procmon.classroom.workflow;
