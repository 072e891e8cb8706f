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
import io.procmon.web.Refusal;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** Shows a student what is recorded of the student. A signed link gives access; without a key, there are no links. */
@Singleton
@Path("/mirror/{link}")
public class MirrorResource {

    private static final String KEY = "procmon.mirror.key-file";
    /** A revocation with a later time would also revoke links that are made after it, for as long. */
    private static final Duration CLOCK_AHEAD_MAX = Duration.ofHours(1);

    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";

    private final ClassRegister register;
    private final Optional<MirrorLinks> links;
    private final Courses courses;
    private final LookLog looks;
    private final CurrentVertxRequest request;

    /** @throws InvalidConfiguration if the key cannot be read or is too short */
    @Inject
    MirrorResource(
            ProcmonConfig config, ClassRegister register, Courses courses, LookLog looks, CurrentVertxRequest request) {
        this.register = register;
        this.courses = courses;
        this.looks = looks;
        this.request = request;
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
    public Response page(@RestPath String link) {
        Student student = student(link);
        return html(
                Response.Status.OK,
                pageFor(courses.zone(student)).of(student, link, body(student), courses.mirror(student)));
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
    public Response delete(@RestPath String link) {
        Student student = student(link, MirrorOffer.DELETION);
        long deleted = register.forget(student);
        Log.infof(
                "a student of %s has deleted the record of %d builds and runs by a mirror link",
                student.classDiv(), deleted);
        return html(Response.Status.OK, pageFor(courses.zone(student)).deleted(deleted));
    }

    /** Ends the recording of the student, if that is allowed. */
    @Operation(summary = "Opts a student out of being recorded")
    @POST
    @Path("/opt-out")
    public Response optOut(@RestPath String link) {
        Student student = student(link, MirrorOffer.OPTING_OUT);
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

    /** Revokes the links of a student. The path has a revocation in place of a link; who has the key can make one. */
    @Operation(summary = "Revokes the mirror links of a student that were made until now")
    @POST
    @Path("/revoke")
    public Response revoke(@RestPath String link) {
        MirrorLinks.Revocation revocation = links.flatMap(it -> it.readRevocation(link))
                .orElseThrow(() ->
                        Refusal.of(Response.Status.NOT_FOUND, "this is no revocation by the key of this service"));
        if (revocation.until().isAfter(Instant.now().plus(CLOCK_AHEAD_MAX))) {
            throw Refusal.of(Response.Status.BAD_REQUEST, "the clock of the machine that made the revocation is ahead");
        }
        register.revokeLinks(revocation.student(), revocation.until());
        Log.infof(
                "the mirror links of a student of %s are revoked",
                revocation.student().classDiv());
        return Response.noContent().build();
    }

    private Student student(String link) {
        return links.flatMap(it -> it.readLink(link, Instant.now()))
                .filter(it -> courses.mirror(it.student()).contains(MirrorOffer.SHOWN))
                .filter(it -> !register.isLinkRevoked(it.student(), it.madeAt()))
                .map(MirrorLinks.Link::student)
                .orElseThrow(() -> refusal(Response.Status.NOT_FOUND, MirrorText.NO_LINK));
    }

    /** The student of a link, if the course makes an offer. It may have withdrawn the offer since the page was opened. */
    private Student student(String link, MirrorOffer offer) {
        Student student = student(link);
        if (!courses.mirror(student).contains(offer)) {
            throw refusal(Response.Status.FORBIDDEN, MirrorText.NOT_OFFERED);
        }
        return student;
    }

    /** A browser shows the reason to the student. */
    private WebApplicationException refusal(Response.Status status, MirrorText reason) {
        return new WebApplicationException(
                html(status, pageFor(ZoneId.systemDefault()).saying(reason)));
    }

    private MirrorPage pageFor(ZoneId zone) {
        return MirrorPage.in(request.getCurrent().request().getHeader(HttpHeaders.ACCEPT_LANGUAGE), zone);
    }

    private static Response html(Response.Status status, String page) {
        return guarded(Response.status(status).type("text/html;charset=UTF-8").entity(page));
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
