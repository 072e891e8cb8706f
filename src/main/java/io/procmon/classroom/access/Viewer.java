package io.procmon.classroom.access;

import java.util.Optional;
import java.util.Set;

/**
 * The person who uses the class page.
 *
 * @param name the name by which this person signs in; empty without sign-in
 * @param role the rights of this person
 * @param courses the courses that this person sees, such as {@code os}; an admin sees all
 */
public record Viewer(String name, Role role, Set<String> courses) {

    /** Without sign-in, all viewers are the same. */
    public static final Viewer ANYONE = new Viewer("", Role.ADMIN, Set.of());

    /** The role of a person. Each role includes the rights of the previous role. */
    public enum Role {
        /** Nothing here. */
        NONE("none"),
        /** Helps students of some courses. */
        ASSISTANT("assistant"),
        /** Teaches some courses, and may export their data. */
        TEACHER("teacher"),
        /** Operates the service, and sees all courses. */
        ADMIN("admin");

        private final String label;

        Role(String label) {
            this.label = label;
        }

        /** The role of a name such as {@code teacher}; empty if there is none. */
        public static Optional<Role> named(String name) {
            for (Role role : values()) {
                if (role != NONE && role.label.equals(name)) {
                    return Optional.of(role);
                }
            }
            return Optional.empty();
        }
    }

    /** A viewer with the same rights and no name. Viewers with equal rights see the same. */
    public Viewer unnamed() {
        return new Viewer("", role, courses);
    }

    /** Whether this person may see a course. */
    public boolean sees(String course) {
        return role == Role.ADMIN || (role != Role.NONE && courses.contains(course));
    }

    /** Whether this person may export data of courses. */
    public boolean exports() {
        return role.compareTo(Role.TEACHER) >= 0;
    }

    /** Whether this person operates the service. */
    public boolean operates() {
        return role == Role.ADMIN;
    }
}
