package io.procmon.workflow;

import java.util.List;
import java.util.SortedMap;

/**
 * What there is to say of a student's work on a homework.
 *
 * @param work whose, and on what
 * @param history what the student has done
 * @param state how far it has come
 * @param figures what can be counted and timed
 * @param sessions when the student was at it
 * @param cycles the turns from build to run
 * @param patterns the patterns that were found, by name, with the places where
 */
public record Picture(
        Work work,
        History history,
        State state,
        Figures figures,
        List<Session> sessions,
        List<Cycle> cycles,
        SortedMap<String, List<Finding>> patterns) {}
