/**
 * The built artefact, on real processes: it is started as an operator would start it, processes run in containers, and
 * what arrives at the backend is compared with what waitpid(2) said.
 *
 * <p>Nothing waits for a time to pass. That an event has not come is known by a later one of the same student that
 * has: a student's events keep their order, so behind each test's commands one more runs, the fence.
 */
package io.procmon.live;
