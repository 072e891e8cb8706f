package io.procmon.classroom.intake;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Work;

/**
 * An activity that a node has reported.
 *
 * @param work the student and the homework
 * @param attempt the attempt to store
 * @param node the name of the node; empty if the event has none
 */
public record Received(Work work, Attempt attempt, String node) {}
