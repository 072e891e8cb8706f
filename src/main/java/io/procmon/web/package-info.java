/**
 * What people look at: the class as JSON, for a page or a script.
 *
 * <p>It names students, so it is served on the main HTTP interface, which listens on loopback only. Knows {@code logbook}
 * and {@code workflow}; nobody knows it.
 */
package io.procmon.web;
