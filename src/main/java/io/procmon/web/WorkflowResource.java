package io.procmon.web;

import io.procmon.logbook.ClassRegister;
import io.procmon.workflow.Picture;
import io.procmon.workflow.Work;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** How each student works, as JSON; each parameter narrows the answer down. */
@Path("/api/workflow")
public class WorkflowResource {

    /** What changes within it is told at once. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    /** Narrows an answer down to some of the works; what is null narrows nothing. */
    public static class Wanted {
        @RestQuery
        String course;

        @RestQuery
        String section;

        @RestQuery
        String homework;

        @RestQuery
        String student;

        boolean has(Work work) {
            return is(course, work.student().course())
                    && is(section, work.student().section())
                    && is(homework, work.homework())
                    && is(student, work.student().id());
        }

        private static boolean is(String wanted, String value) {
            return wanted == null || wanted.equals(value);
        }
    }

    @Inject
    ClassRegister register;

    /** By course, section, homework and student. */
    @GET
    public List<WorkflowBody> works(@BeanParam Wanted wanted) {
        return bodies(register.pictures(wanted::has, Instant.now()));
    }

    /** The builds and runs themselves, in order; those of several works one after the other. */
    @GET
    @Path("/attempts")
    public List<AttemptBody> attempts(@BeanParam Wanted wanted) {
        return register.attempts(wanted::has).stream().map(AttemptBody::of).toList();
    }

    /** The works that change from now on, as server-sent events: whoever is too slow misses some. */
    @GET
    @Path("/changes")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<List<WorkflowBody>> changes() {
        return register.changes()
                .group()
                .intoLists()
                .every(PAUSE)
                .onOverflow()
                .drop()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(Set::copyOf)
                .map(changed -> bodies(register.pictures(changed::contains, Instant.now())));
    }

    private static List<WorkflowBody> bodies(List<Picture> pictures) {
        return pictures.stream().map(WorkflowBody::of).toList();
    }
}
