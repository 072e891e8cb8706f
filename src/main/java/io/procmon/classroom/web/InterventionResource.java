package io.procmon.classroom.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.procmon.classroom.access.Viewer;
import io.procmon.classroom.access.Viewers;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import io.procmon.web.Refusal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Records that a teacher is with a student. */
@Singleton
@Path("/api/workflow/interventions")
public class InterventionResource {

    /** The limit of characters of a teacher's name. */
    private static final int TEACHER_MAX = 64;

    private final ClassRegister register;
    private final Viewers viewers;

    @Inject
    InterventionResource(ClassRegister register, Viewers viewers) {
        this.register = register;
        this.viewers = viewers;
    }

    /**
     * Stores that a teacher is with a student now.
     *
     * @param body with {@code course}, {@code section}, {@code homework}, {@code student}, and {@code teacher} if the
     * name is known; a signed-in person has a name
     */
    @Operation(summary = "Enters that a teacher is with a student now")
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public void enter(JsonNode body) {
        Work work = new Work(
                new Student(text(body, "course"), text(body, "section"), text(body, "student")),
                text(body, "homework"));
        Viewer viewer = viewers.current();
        CourseCheck.require(viewer, work.student().course());
        String teacher = viewer.name().isEmpty() ? teacher(body) : viewer.name();
        if (!register.knows(work)) {
            throw Refusal.of(Response.Status.NOT_FOUND, "nothing is known of this student at this homework");
        }
        register.enter(work, new Intervention(UUID.randomUUID(), Instant.now(), teacher));
    }

    private static String teacher(JsonNode body) {
        String name = body.path("teacher").asText().strip();
        if (name.length() > TEACHER_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.of(
                    Response.Status.BAD_REQUEST,
                    "teacher has at most %d characters in one line".formatted(TEACHER_MAX));
        }
        return name;
    }

    private static String text(JsonNode body, String field) {
        JsonNode value = body == null ? null : body.get(field);
        if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
            throw Refusal.of(Response.Status.BAD_REQUEST, field + " is missing, or is not a string");
        }
        return value.textValue();
    }
}
