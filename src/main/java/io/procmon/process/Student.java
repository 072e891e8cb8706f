package io.procmon.process;

/**
 * Whose container it is.
 *
 * @param course such as {@code os}
 * @param section such as {@code 1}
 * @param id the student's number, such as {@code 202012180}
 */
public record Student(String course, String section, String id) {

    /** Course and section as the backend names them, such as {@code os-1}. */
    public String classDiv() {
        return course + "-" + section;
    }
}
