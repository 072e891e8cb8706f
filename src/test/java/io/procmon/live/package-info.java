/**
 * Tests of the built artefact on real processes. A test starts it like an operator, runs processes in containers, and
 * compares the events at the backend with the results of waitpid(2).
 *
 * <p>No test waits for a fixed time. To show that an event was not sent, a test waits for a later event of the same
 * student: a student's events keep their order. So one more program, the fence, runs after the commands of each test.
 */
package io.procmon.live;
