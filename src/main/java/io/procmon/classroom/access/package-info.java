/**
 * Who looks at a class, and what this person may see.
 *
 * <p>Without sign-in, everybody whom {@code web.AccessCheck} admits sees everything. With it, a {@link
 * io.procmon.classroom.access.ViewerSource} tells who it is.
 *
 * <p>Knows {@code workflow} and {@code config}.
 */
package io.procmon.classroom.access;
