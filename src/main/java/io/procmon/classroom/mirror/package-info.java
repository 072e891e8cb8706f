/**
 * A student's rights over the record: what a student has decided, and who has looked at the student. Pure.
 *
 * <p>A deletion leaves one point in time. Without it, a repeated delivery of a deleted activity would be stored again.
 *
 * <p>Knows nothing of procmon.
 */
package io.procmon.classroom.mirror;
