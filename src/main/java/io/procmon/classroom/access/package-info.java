/**
 * The viewer of a class, and the courses that the viewer may see.
 *
 * <p>Without sign-in, each viewer whom {@code web.AccessCheck} admits sees everything. With it, a
 * {@link io.procmon.classroom.access.ViewerSource} identifies the viewer.
 *
 * <p>Knows {@code workflow} and {@code config}.
 */
package io.procmon.classroom.access;
