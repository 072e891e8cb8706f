package io.procmon.classroom.course;

import io.procmon.classroom.course.HomeworkRequirements.MustRun;
import java.time.Duration;

/**
 * The result of one requirement for one activity.
 *
 * @param requirement such as {@code option -Wall}
 * @param passed whether the activity meets the requirement
 * @param why the reason as text, such as {@code the command line has no -Wall}
 */
public record Check(String requirement, boolean passed, String why) {

    /** The requirement to finish before the due date. */
    public static final String DUE = "due";

    /** The requirement not to begin before the opening. */
    public static final String OPEN = "open";

    /** The name of the requirement that all sources are in a language. */
    public static String language(String language) {
        return "language " + language;
    }

    /** The name of the requirement that a compile selects a version of its language. */
    public static String standard(String standard) {
        return "standard " + standard;
    }

    /** The name of the requirement that a compile has an option. */
    public static String option(String option) {
        return "option " + option;
    }

    /** The name of the requirement that a compile does not have an option. */
    public static String noOption(String option) {
        return "no option " + option;
    }

    /** The name of the requirement that a tool is not used. */
    public static String noTool(String tool) {
        return "no tool " + tool;
    }

    /** The name of the requirement that an error or a warning does not occur. */
    public static String noError(String type) {
        return "no error " + type;
    }

    /** The name of the requirement that a program ends with a status. */
    public static String exitStatus(MustRun must) {
        return "exit status %d of %s".formatted(must.exitStatus(), must.program());
    }

    /** The name of the requirement that a run takes at most this time. */
    public static String runTime(Duration limit) {
        return "run time %.3f s".formatted(limit.toNanos() / 1e9);
    }

    /** The name of the requirement that a run uses at most these bytes. */
    public static String peakMemory(long limit) {
        return "peak memory %d KiB".formatted(limit >> 10);
    }

    static Check passed(String requirement, String why) {
        return new Check(requirement, true, why);
    }

    static Check failed(String requirement, String why) {
        return new Check(requirement, false, why);
    }

    public static Check of(String requirement, boolean passed, String ifPassed, String ifNot) {
        return passed ? passed(requirement, ifPassed) : failed(requirement, ifNot);
    }
}
