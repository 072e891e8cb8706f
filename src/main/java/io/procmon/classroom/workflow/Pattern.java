package io.procmon.classroom.workflow;

import java.util.List;

/** A way of working that has a name. */
public interface Pattern {

    /** What it is called, such as {@code crash-loop}. */
    String name();

    /** Where it is found, in order. */
    List<Finding> findIn(PatternContext context);
}
