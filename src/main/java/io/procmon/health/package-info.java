/**
 * The health checks: liveness, readiness and start-up of the watcher, and, in a group of its own, delivery.
 *
 * <p>Knows {@code source}, {@code spool} and {@code api}.
 */
package io.procmon.health;
