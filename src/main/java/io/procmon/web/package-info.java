/**
 * HTTP resources for the operator of the node, and the access check in front of every resource that names students.
 *
 * <p>The class view's resources are in {@code classroom.web}. Knows {@code config}.
 */
package io.procmon.web;
