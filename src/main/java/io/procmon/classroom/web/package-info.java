/**
 * The teacher's page, and the class as JSON and as files.
 *
 * <p>It names students; {@code web.AccessCheck} guards it. Knows the rest of {@code classroom}; no package knows it.
 */
package io.procmon.classroom.web;
