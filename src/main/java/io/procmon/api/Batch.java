package io.procmon.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.events.Report;
import io.procmon.report.Dialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * Several reports in one request: a compressed JSON array. Compression is effective because activities of one lecture
 * are similar.
 *
 * @param reports the reports; those of each student are in the order of their activities
 */
public record Batch(List<Report> reports) {

    public static final String ENCODING = "gzip";

    /** The idempotency key of the request. A retry of the same reports in the same order has the same key. */
    public String key() {
        String ids = reports.stream().map(report -> report.eventId().toString()).collect(Collectors.joining());
        return UUID.nameUUIDFromBytes(ids.getBytes(UTF_8)).toString();
    }

    public byte[] body(Dialect dialect) {
        String array = reports.stream().map(dialect::body).collect(Collectors.joining(",", "[", "]"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(array.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot occur in memory
        }
        return bytes.toByteArray();
    }
}
