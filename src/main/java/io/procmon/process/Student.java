package io.procmon.process;

/**
 * A student, as the hostname of the student's container names them.
 *
 * @param course such as {@code os}
 * @param section such as {@code 1}
 * @param id the student's number, such as {@code 202012180}
 */
public record Student(String course, String section, String id) {

    /** Course and section in the form of the backend, such as {@code os-1}. */
    public String classDiv() {
        return course + "-" + section;
    }

    // Written out, because students are keys of many maps: C1 calls several methods for each component otherwise.
    @Override
    public boolean equals(Object other) {
        return other instanceof Student student
                && id.equals(student.id)
                && section.equals(student.section)
                && course.equals(student.course);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * course.hashCode() + section.hashCode()) + id.hashCode();
    }
}
