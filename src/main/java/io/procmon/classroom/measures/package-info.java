/**
 * Published measures of the errors in a session of compilations: Error Quotient (Jadud 2006), Repeated Error Density
 * (Becker 2016) and Watwin (Watson et al. 2013).
 *
 * <p>Knows nothing of procmon, so that any log of compilations can be measured. The functions take a session as an {@link
 * java.lang.Iterable} and read it once from the start to the end: the caller may build each {@link
 * io.procmon.classroom.measures.Compilation} on demand, and a session of a million compilations needs no list.
 *
 * <p>A measure describes a log, not a person. No class of this package compares students.
 */
package io.procmon.classroom.measures;
