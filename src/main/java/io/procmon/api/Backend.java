package io.procmon.api;

import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.Activity;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Delivers activities, each with a receipt: whatever happens to a delivery is a value, never a failure. */
@ApplicationScoped
public class Backend {

    private static final int FIRST_REFUSAL = 400;

    @Inject
    ProcmonConfig config;

    @Inject
    @All
    List<Dialect> dialects;

    @RestClient
    BackendClient client;

    private Dialect dialect;
    private Duration timeout;

    @PostConstruct
    void configure() {
        String wanted = config.api().dialect();
        timeout = config.api().timeout();
        dialect = dialects.stream()
                .filter(known -> known.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidConfiguration(
                        "procmon.api.dialect",
                        wanted,
                        "there are "
                                + dialects.stream().map(Dialect::name).sorted().toList()));
    }

    /** The address that activities go to. */
    public URI endpoint() {
        return config.api().endpoint().orElseGet(Backend::embeddedReceiver);
    }

    /** Sends an activity, once, and waits for the answer as long as the configuration allows. */
    public Uni<Receipt> deliver(Activity activity) {
        return Uni.createFrom()
                .deferred(() -> client.post(
                        endpoint() + dialect.path(activity), activity.eventId().toString(), dialect.body(activity)))
                .onFailure(WebApplicationException.class) // the client's word for an answer from 400 up
                .recoverWithItem(WebApplicationException::getResponse)
                .ifNoItem()
                .after(timeout)
                .fail()
                .onItem()
                .transform(response -> receipt(activity, response.getStatus()))
                .onFailure()
                .recoverWithItem(failure -> new Receipt.Undelivered(activity, failure));
    }

    private static Receipt receipt(Activity activity, int status) {
        return status < FIRST_REFUSAL
                ? new Receipt.Delivered(activity, status)
                : new Receipt.Rejected(activity, status);
    }

    private static URI embeddedReceiver() {
        int port =
                org.eclipse.microprofile.config.ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
        return URI.create("http://127.0.0.1:" + port);
    }
}
