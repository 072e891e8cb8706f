package io.procmon.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A procmon whose metrics show its progress.
 *
 * @param process the process to measure
 * @param port the port of its metrics
 * @param counter the counter of processed events
 * @param log its log
 */
record Metered(Process process, int port, String counter, Path log) implements Running {

    /** The progress of a procmon that delivers nothing. */
    static final String UNDERSTOOD = "procmon_process_images_stopped_total";

    /** The progress of a procmon that delivers. */
    static final String DELIVERED = "procmon_activities_delivered_total";

    /** The progress of a procmon that spools activities. */
    static final String SEEN = "procmon_events_total";

    /** The progress of a procmon in what has begun. */
    static final String BEGUN = "procmon_process_images_received_total";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Override
    public long seen() throws IOException {
        return count(counter);
    }

    /** The sum of a counter's time series. */
    long count(String name) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name) && !line.startsWith("#"))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        } catch (ConnectException e) {
            return 0; // the process may not listen yet
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public Optional<Sightings> sightings() {
        return Optional.empty();
    }

    @Override
    public Optional<Process> observer() {
        return Optional.empty();
    }

    @Override
    public boolean isBackend() {
        return false;
    }

    @Override
    public String lastWords() {
        return Observed.lastWords(log);
    }

    @Override
    public void close() {
        Observed.end(process);
    }
}
