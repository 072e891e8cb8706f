package io.procmon.classroom.web;

import io.procmon.classroom.access.Viewers;
import io.procmon.classroom.course.Courses;
import io.procmon.classroom.course.MirrorOffer;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.logbook.WorkSelection;
import io.procmon.classroom.mirror.Look;
import io.procmon.web.AccessCheck;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * Records who looks at a student: each request that names the student. Only students whose course shows them the record
 * are included, because nobody else could read it. Methods may wait for the store.
 */
@Singleton
class LookLog {

    private final ClassRegister register;
    private final Courses courses;
    private final Viewers viewers;
    private final CurrentVertxRequest request;

    @Inject
    LookLog(ClassRegister register, Courses courses, Viewers viewers, CurrentVertxRequest request) {
        this.register = register;
        this.courses = courses;
        this.viewers = viewers;
        this.request = request;
    }

    /** Records that the sender of the current request looks at the selected students, if the selection names a student. */
    void note(WorkSelection selection, Look.Kind kind) {
        if (selection.student().isPresent()) {
            String name = viewers.current().name();
            note(selection, kind, name.isEmpty() ? client() : name);
        }
    }

    /** The same for the sender of a mirror link. */
    void noteLink(WorkSelection selection) {
        note(selection, Look.Kind.MIRROR, Look.LINK);
    }

    private void note(WorkSelection selection, Look.Kind kind, String viewer) {
        register.enter(
                Look.at(Instant.now(), viewer, kind),
                selection,
                student -> courses.mirror(student).contains(MirrorOffer.SHOWN));
    }

    /** Without sign-in, only the way into the service is known. */
    private String client() {
        return AccessCheck.isFromHere(request.getCurrent()) ? Look.LOOPBACK : Look.TOKEN;
    }
}
