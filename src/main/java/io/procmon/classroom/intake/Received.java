package io.procmon.classroom.intake;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Work;

/**
 * An activity as a node has reported it.
 *
 * @param work whose activity it is, and at what
 * @param attempt what is kept of it
 * @param node the name of the node; empty if the event does not say
 */
public record Received(Work work, Attempt attempt, String node) {}
