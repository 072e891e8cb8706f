package io.procmon.classroom.course;

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
