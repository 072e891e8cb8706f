package io.procmon.classroom.web;

import io.procmon.classroom.access.Viewer;
import io.procmon.web.Refusal;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** Refuses the courses that a viewer may not see. */
final class CourseCheck {

    private CourseCheck() {}

    /** @throws WebApplicationException with status 403 if the viewer may not see the course */
    static void require(Viewer viewer, String course) {
        if (!viewer.sees(course)) {
            throw Refusal.of(Response.Status.FORBIDDEN, "this is a course of somebody else");
        }
    }
}
