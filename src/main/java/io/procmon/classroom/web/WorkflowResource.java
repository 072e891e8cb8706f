package io.procmon.classroom.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.procmon.classroom.access.Viewer;
import io.procmon.classroom.access.Viewers;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.logbook.WorkSelection;
import io.procmon.classroom.mirror.Look;
import io.procmon.web.Listeners;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** The work of each student, as JSON. Query parameters select works. */
@Singleton
@Path("/api/workflow")
public class WorkflowResource {

    /** The period in which changes are collected before they are sent together. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    /** Selects works. A parameter that is null selects all. */
    public static class Wanted {
        @RestQuery
        String course;

        @RestQuery
        String section;

        @RestQuery
        String homework;

        @RestQuery
        String student;
    }

    private final ClassRegister register;
    private final Viewers viewers;
    private final LookLog looks;
    private final ObjectMapper json;

    private final Listeners listeners = new Listeners();
    private Multi<List<WorkflowBody>> shared;

    @Inject
    WorkflowResource(ClassRegister register, Viewers viewers, LookLog looks, ObjectMapper json) {
        this.register = register;
        this.viewers = viewers;
        this.looks = looks;
        this.json = json;
    }

    /** The works by course, section, homework and student. */
    @Operation(summary = "How each student works on each homework")
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @APIResponseSchema(WorkflowBody[].class)
    public StreamingOutput works(@BeanParam Wanted wanted) {
        WorkSelection which = visible(wanted);
        looks.note(which, Look.Kind.WORK);
        return array(() -> register.summaries(which, Instant.now()).map(WorkflowBody::of));
    }

    /** The builds and runs, in order, one work after the other. */
    @Operation(summary = "The builds and runs, in order")
    @GET
    @Path("/attempts")
    @Produces(MediaType.APPLICATION_JSON)
    @APIResponseSchema(AttemptBody[].class)
    public StreamingOutput attempts(@BeanParam Wanted wanted) {
        WorkSelection which = visible(wanted);
        looks.note(which, Look.Kind.ATTEMPTS);
        return array(() -> register.attempts(which).map(AttemptBody::of));
    }

    /** Published measures of the errors in builds, by course, section, homework and student. They are not a ranking. */
    @Operation(summary = "Published measures of the errors in builds")
    @GET
    @Path("/measures")
    @Produces(MediaType.APPLICATION_JSON)
    @APIResponseSchema(WorkMeasuresBody[].class)
    public StreamingOutput measures(@BeanParam Wanted wanted) {
        WorkSelection which = visible(wanted);
        looks.note(which, Look.Kind.MEASURES);
        return array(() -> register.measures(which).map(WorkMeasuresBody::of));
    }

    /** The selected works that change from now on, as server-sent events. A slow client misses some. */
    @Operation(summary = "What changes from now on, as server-sent events")
    @GET
    @Path("/changes")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<List<WorkflowBody>> changes(@BeanParam Wanted wanted) {
        WorkSelection which = visible(wanted);
        looks.note(which, Look.Kind.WORK);
        return listeners
                .admit(shared)
                .map(changed ->
                        changed.stream().filter(body -> which.test(body.work())).toList())
                .select()
                .where(changed -> !changed.isEmpty());
    }

    /** The requested works that the viewer may see. A course that the viewer may not see is refused. */
    private WorkSelection visible(Wanted wanted) {
        Viewer viewer = viewers.current();
        if (wanted.course != null) {
            CourseCheck.require(viewer, wanted.course);
        }
        return new WorkSelection(
                Optional.ofNullable(wanted.course),
                Optional.ofNullable(wanted.section),
                Optional.ofNullable(wanted.homework),
                Optional.ofNullable(wanted.student),
                viewer::sees);
    }

    /** Computes the summaries once for all clients, and only while there are clients. */
    @PostConstruct
    void share() {
        shared = register.changes()
                .group()
                .intoLists()
                .every(PAUSE)
                .onOverflow()
                .drop()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(Set::copyOf)
                .map(changed -> register.summariesOf(changed, Instant.now())
                        .map(WorkflowBody::of)
                        .toList())
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture()
                .toAllSubscribers();
    }

    /**
     * A JSON array whose elements are written as they are computed, because the work of a semester may exceed the
     * memory of the service.
     */
    private StreamingOutput array(Supplier<Stream<?>> elements) {
        return out -> {
            try (SequenceWriter array = json.writer()
                            .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                            .writeValuesAsArray(out);
                    Stream<?> all = elements.get()) {
                Iterator<?> each = all.iterator();
                while (each.hasNext()) {
                    array.write(each.next());
                }
            }
        };
    }
}
