package io.procmon.classroom.workflow;

import java.util.List;

/** A named pattern of work that teachers may want to know about. */
public interface Pattern {

    /** The name, such as {@code crash-loop}. */
    String name();

    /** The occurrences of the pattern, in order. */
    List<Finding> findIn(PatternContext context);
}
