/**
 * Named ways of working, each with a definition that can be checked against a history, and a source where there is one.
 *
 * <p>A pattern is a hint to look at somebody's work, and no verdict about a person: editing is not seen, nor what was asked
 * of a neighbour. Where something needed for a claim is unknown, the claim is not made.
 */
package io.procmon.classroom.pattern;
