package io.procmon.classroom.course;

/**
 * One requirement against one activity.
 *
 * @param requirement such as {@code option -Wall}
 * @param passed whether it is met
 * @param why a reason for people, such as {@code the command line has no -Wall}
 */
public record Check(String requirement, boolean passed, String why) {

    /** The requirement that work ends before the homework is due. */
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
