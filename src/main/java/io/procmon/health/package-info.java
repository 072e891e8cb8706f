/**
 * The health checks: liveness, readiness and start-up of the watcher, and delivery in its own group.
 *
 * <p>Knows {@code source}, {@code spool}, {@code stream} and {@code api}, and {@code classroom.intake} for the class service.
 */
package io.procmon.health;
