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
 * A procmon whose books are asked how far it is.
 *
 * @param process whose costs are the tracer's
 * @param port where its metrics are
 * @param counter the one that says how many events it has dealt with
 * @param log where its complaints go
 */
record Metered(Process process, int port, String counter, Path log) implements Running {

    /** What a procmon counts that tells nobody. */
    static final String UNDERSTOOD = "procmon_process_images_stopped_total";

    /** What a procmon counts that delivers. */
    static final String DELIVERED = "procmon_activities_delivered_total";

    /** What a procmon counts that keeps activities for later. */
    static final String SEEN = "procmon_events_total";

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
            return 0; // it has only just been started
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
