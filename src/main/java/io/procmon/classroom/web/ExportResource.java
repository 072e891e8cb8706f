package io.procmon.classroom.web;

import io.procmon.classroom.access.Viewer;
import io.procmon.classroom.access.Viewers;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.logbook.WorkSelection;
import io.procmon.classroom.progsnap2.Dataset;
import io.procmon.web.Refusal;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** Exports the work of a class as files. */
@Path("/api/export")
public class ExportResource {

    private final ClassRegister register;
    private final Viewers viewers;

    @Inject
    ExportResource(ClassRegister register, Viewers viewers) {
        this.register = register;
        this.viewers = viewers;
    }

    /** A data set in the ProgSnap2 format, with pseudonyms that cannot be traced back. */
    @Operation(summary = "A data set in the ProgSnap2 format, with pseudonyms")
    @GET
    @Path("/progsnap2")
    @Produces("application/zip")
    public Response progsnap2(@RestQuery String course) {
        Viewer viewer = viewers.current();
        if (!viewer.exports() || (course != null && !viewer.sees(course))) {
            throw Refusal.of(Response.Status.FORBIDDEN, "only teachers export, and only their own courses");
        }
        Dataset dataset = register.dataset(WorkSelection.of(Optional.ofNullable(course), viewer::sees));
        StreamingOutput zip = out -> {
            ZipOutputStream files = new ZipOutputStream(out);
            dataset.write((path, content) -> {
                files.putNextEntry(new ZipEntry(path));
                content.to(files);
                files.closeEntry();
            });
            files.finish();
        };
        return Response.ok(zip)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"progsnap2.zip\"")
                .build();
    }
}
