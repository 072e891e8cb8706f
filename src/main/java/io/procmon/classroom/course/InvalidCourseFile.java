package io.procmon.classroom.course;

/** Reports the mistakes in a course's file; the message has all of them, with their lines. */
public final class InvalidCourseFile extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidCourseFile(String problems) {
        super(problems);
    }
}
