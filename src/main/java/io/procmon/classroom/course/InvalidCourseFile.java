package io.procmon.classroom.course;

/** A course's file says something that nobody understands; the message has all of it, with lines. */
public final class InvalidCourseFile extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidCourseFile(String problems) {
        super(problems);
    }
}
