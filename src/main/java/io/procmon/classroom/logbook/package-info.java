/**
 * Where the attempts of a class are kept, for the analysis to read.
 *
 * <p>A sorted map is the whole of it: whose work, when it began, and its event id are the key, so an attempt that comes twice
 * is there once, and one that comes late takes its place among the others. What is kept when there is no room for all is
 * the newest, of each student's homework and of the node: a rule about the set, so that the order in which attempts came
 * makes no difference to it either.
 *
 * <p>The map is an H2 MVStore, as the spool's is, in a file beside it: memory holds the pages that were used last. A
 * commit comes each second, so a crash costs at most the analysis of that second; what the backend is told
 * is the spool's business, and is not lost.
 *
 * <p>It knows {@code workflow} and {@code process}.
 */
package io.procmon.classroom.logbook;
