package io.procmon.web;

import io.procmon.logbook.ClassRegister;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** How each student works, as JSON; each parameter narrows the answer down. */
@Path("/api/workflow")
public class WorkflowResource {

    @Inject
    ClassRegister register;

    /** By course, section, homework and student. */
    @GET
    public List<WorkflowBody> works(
            @RestQuery String course,
            @RestQuery String section,
            @RestQuery String homework,
            @RestQuery String student) {
        return register
                .pictures(
                        work -> isAskedFor(course, work.student().course())
                                && isAskedFor(section, work.student().section())
                                && isAskedFor(homework, work.homework())
                                && isAskedFor(student, work.student().id()),
                        Instant.now())
                .stream()
                .map(WorkflowBody::of)
                .toList();
    }

    /** @param wanted null if any will do */
    private static boolean isAskedFor(String wanted, String value) {
        return wanted == null || wanted.equals(value);
    }
}
