package io.procmon.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.api.Backend;
import io.procmon.api.Batch;
import io.procmon.config.ConfiguredFile;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.Report;
import io.procmon.report.Dialect;
import io.procmon.report.Dialects;
import io.procmon.spool.DeliveryOutcome;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** A backend over HTTP. Each request has one answer. */
@ApplicationScoped
public class HttpBackend implements Backend {

    private static final Pattern TRAILING_SLASHES = Pattern.compile("/+$");

    private final ProcmonConfig config;
    private final Dialects dialects;
    private final BackendClient client;
    private final ContextInternal eventLoop;

    private Dialect dialect;
    private Duration timeout;
    private Optional<BearerToken> token;
    private HttpAnswers answers;

    @Inject
    HttpBackend(ProcmonConfig config, Dialects dialects, @RestClient BackendClient client, Vertx vertx) {
        this.config = config;
        this.dialects = dialects;
        this.client = client;
        eventLoop = ((VertxInternal) vertx).createEventLoopContext();
    }

    @PostConstruct
    void configure() {
        dialect = dialects.spoken();
        if (config.api().endpoint().isEmpty() && !dialect.name().equals(EmbeddedReceiver.DIALECT)) {
            throw new InvalidConfiguration(
                    "procmon.api.dialect",
                    dialect.name(),
                    "must be %s without a backend: set API_ENDPOINT to a backend that accepts this dialect"
                            .formatted(EmbeddedReceiver.DIALECT));
        }
        timeout = config.api().timeout();
        token = config.api()
                .tokenFile()
                .map(file -> ConfiguredFile.read("procmon.api.token-file", file, BearerToken::new));
        int batchSize = config.api().batchSize();
        if (batchSize > 1 && dialect.batchMediaType().isEmpty()) {
            throw new InvalidConfiguration(
                    "procmon.api.batch-size",
                    batchSize,
                    "must be 1: in the dialect %s, each student has a path".formatted(dialect.name()));
        }
        answers = new HttpAnswers(Clock.systemUTC(), token.isPresent());
    }

    @Override
    public String address() {
        return endpoint().toString();
    }

    /**
     * The event loop, which sends the request anyway. To read a token's file may block, and to compress a batch takes
     * long, so these need another thread.
     */
    @Override
    public Optional<Executor> executor() {
        return token.isPresent() || config.api().batchSize() > 1
                ? Optional.empty()
                : Optional.of(task -> eventLoop.runOnContext(_ -> task.run()));
    }

    /** Sends one request and waits for the answer for at most {@code procmon.api.timeout}. */
    @Override
    public Uni<DeliveryOutcome> send(List<Report> reports) {
        return Uni.createFrom()
                .deferred(() -> reports.size() == 1 ? post(reports.getFirst()) : post(new Batch(reports)))
                .onFailure(WebApplicationException.class) // the client throws this exception for a status from 400 up
                .recoverWithItem(WebApplicationException::getResponse)
                .ifNoItem()
                .after(timeout)
                .on(eventLoop.nettyEventLoop()) // the default pool would keep the request until the timeout
                .fail()
                .map(answers::of)
                .onFailure()
                .recoverWithItem(HttpAnswers::of);
    }

    private Uni<Response> post(Report report) {
        return client.post(
                endpoint() + dialect.path(report),
                report.eventId().toString(),
                authorization(),
                dialect.mediaType(),
                null,
                dialect.body(report).getBytes(UTF_8));
    }

    private Uni<Response> post(Batch batch) {
        return client.post(
                endpoint() + dialect.path(batch.reports().getFirst()),
                batch.key(),
                authorization(),
                dialect.batchMediaType().orElseThrow(),
                Batch.ENCODING,
                batch.body(dialect));
    }

    private URI endpoint() {
        return config.api().endpoint().map(HttpBackend::withoutSlash).orElseGet(HttpBackend::embeddedReceiver);
    }

    /** Removes trailing slashes, because the path of each dialect begins with a slash. */
    static URI withoutSlash(URI endpoint) {
        return URI.create(TRAILING_SLASHES.matcher(endpoint.toString()).replaceFirst(""));
    }

    private String authorization() {
        return token.map(BearerToken::header).orElse(null);
    }

    /** The address of the embedded receiver. Its port is known only after the HTTP server has started. */
    private static URI embeddedReceiver() {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
        return URI.create("http://127.0.0.1:" + port);
    }
}
