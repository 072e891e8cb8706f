package io.procmon.classroom.web;

import io.procmon.classroom.access.MirrorLinks;
import io.procmon.classroom.course.Courses;
import io.procmon.classroom.course.MirrorOffer;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.logbook.WorkSelection;
import io.procmon.config.ConfiguredFile;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.process.Student;
import io.quarkus.logging.Log;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** Shows a student what is recorded of the student. A signed link gives access; without a key, there are no links. */
@Singleton
@Path("/mirror/{link}")
public class MirrorResource {

    private static final String KEY = "procmon.mirror.key-file";
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";

    private final ClassRegister register;
    private final Optional<MirrorLinks> links;
    private final Courses courses;
    private final LookLog looks;

    /** @throws InvalidConfiguration if the key cannot be read or is too short */
    @Inject
    MirrorResource(ProcmonConfig config, ClassRegister register, Courses courses, LookLog looks) {
        this.register = register;
        this.courses = courses;
        this.looks = looks;
        links = config.mirror().keyFile().map(MirrorResource::read);
    }

    private static MirrorLinks read(java.nio.file.Path file) {
        try {
            return new MirrorLinks(ConfiguredFile.read(KEY, file, Files::readAllBytes));
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(KEY, file, e.getMessage());
        }
    }

    /** The record as a page. */
    @Operation(summary = "What is recorded of a student, as a page")
    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response page(@RestPath String link, @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) String language) {
        Student student = student(link);
        MirrorPage page = MirrorPage.in(language);
        return guarded(
                Response.ok(page.of(student, link, body(student), courses.mirror(student)), "text/html;charset=UTF-8"));
    }

    /** The record with all fields. */
    @Operation(summary = "What is recorded of a student")
    @GET
    @Path("/records")
    @Produces(MediaType.APPLICATION_JSON)
    public Response json(@RestPath String link) {
        return guarded(Response.ok(body(student(link))));
    }

    /** Deletes the record, if that is allowed. */
    @Operation(summary = "Deletes what is recorded of a student")
    @POST
    @Path("/delete")
    @Produces(MediaType.TEXT_HTML)
    public Response delete(@RestPath String link, @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) String language) {
        Student student = student(link);
        if (!courses.mirror(student).contains(MirrorOffer.DELETION)) {
            throw new ForbiddenException("the record cannot be deleted here: ask your teacher");
        }
        long deleted = register.forget(student);
        Log.infof(
                "a student of %s has deleted the record of %d builds and runs by a mirror link",
                student.classDiv(), deleted);
        return guarded(Response.ok(MirrorPage.in(language).deleted(deleted), "text/html;charset=UTF-8"));
    }

    /** Ends the recording of the student, if that is allowed. */
    @Operation(summary = "Opts a student out of being recorded")
    @POST
    @Path("/opt-out")
    public Response optOut(@RestPath String link) {
        Student student = student(link);
        if (!courses.mirror(student).contains(MirrorOffer.OPTING_OUT)) {
            throw new ForbiddenException("nobody can opt out here: ask your teacher");
        }
        if (register.setOptedOut(student, Optional.of(Instant.now()))) {
            Log.infof("a student of %s has opted out by a mirror link", student.classDiv());
        }
        return toPage(link);
    }

    /** Begins to record the student again. That is always allowed. */
    @Operation(summary = "Opts a student in again")
    @POST
    @Path("/opt-in")
    public Response optIn(@RestPath String link) {
        Student student = student(link);
        if (register.setOptedOut(student, Optional.empty())) {
            Log.infof("a student of %s has opted in again by a mirror link", student.classDiv());
        }
        return toPage(link);
    }

    /**
     * Sends the browser back to the page, so that a reload does not repeat the action. The address is relative: behind a
     * proxy that ends TLS, the service does not know its scheme.
     */
    private static Response toPage(String link) {
        return guarded(Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, "/mirror/" + link));
    }

    private Student student(String link) {
        return links.flatMap(it -> it.student(link, Instant.now()))
                .filter(it -> courses.mirror(it).contains(MirrorOffer.SHOWN))
                .orElseThrow(() -> new NotFoundException("there is no such link, or it has ended"));
    }

    private MirrorBody body(Student student) {
        looks.noteLink(WorkSelection.of(student));
        return new MirrorBody(
                register.choiceOf(student).optedOutAt().orElse(null),
                register.works(WorkSelection.of(student)).stream()
                        .map(work -> RecordBody.of(work, register.recorded(work), register.interventions(work)))
                        .toList(),
                register.looksAt(student).stream().map(MirrorBody.LookBody::of).toList());
    }

    /**
     * Adds the headers that keep the link secret. A browser that sends no referrer at all would hide the origin of the
     * page's own forms, and {@code AccessCheck} would refuse them.
     */
    private static Response guarded(Response.ResponseBuilder answer) {
        return answer.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header("X-Robots-Tag", "noindex")
                .header("Cache-Control", "no-store")
                .build();
    }
}
