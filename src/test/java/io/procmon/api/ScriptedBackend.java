package io.procmon.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A backend that answers by the section of the course: its number selects a {@link Fate}. A test reads the received
 * requests at {@code /log}, because the backend is in another class loader.
 */
public final class ScriptedBackend implements QuarkusTestResourceLifecycleManager {

    /** The answer to a request. */
    public enum Fate {
        TAKEN(0),
        TAKEN_SLOWLY(2),
        TAKEN_WITH_NONSENSE(3),
        REFUSED(4),
        BROKEN(5),
        RESET(6),
        UNANSWERED(7),
        REDIRECTED(8);

        private final int section;

        Fate(int section) {
            this.section = section;
        }

        /** The section of the course that gets this answer. */
        public int section() {
            return section;
        }

        /** Whether the delivery of the activity ends with this answer. */
        boolean isFinal() {
            return section < BROKEN.section;
        }

        static Fate of(int section) {
            return Stream.of(values())
                    .filter(fate -> fate.section == section)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static final int SLOW_MILLIS = 30;

    private final List<String> arrivals = new CopyOnWriteArrayList<>();
    private final Set<String> failedBefore = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private Vertx vertx;

    @Override
    public Map<String, String> start() {
        vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return Map.of("procmon.api.endpoint", "http://127.0.0.1:" + server.actualPort());
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/log")) {
            request.response().end(mostUnderWay + "\n" + String.join("\n", arrivals));
            return;
        }
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        request.body().onSuccess(body -> {
            String[] path = request.path().split("/", -1);
            String exitCode = new JsonObject(body).getValue("exit_code").toString();
            Fate fate = fate(path[2], request.getHeader("Idempotency-Key"));
            if (fate.isFinal()) {
                arrivals.add(path[4] + " " + exitCode);
            }
            if (fate == Fate.TAKEN_SLOWLY) {
                vertx.setTimer(SLOW_MILLIS, _ -> answer(request, fate));
            } else {
                answer(request, fate);
            }
        });
    }

    /** The answer to a request. A request that fails at first is accepted when it is retried. */
    private Fate fate(String classDiv, String eventId) {
        Fate fate = Fate.of(Integer.parseInt(classDiv.split("-", -1)[1]));
        return fate.isFinal() || failedBefore.add(eventId) ? fate : Fate.TAKEN;
    }

    private void answer(HttpServerRequest request, Fate fate) {
        underWay.decrementAndGet();
        var response = request.response();
        switch (fate) {
            case TAKEN, TAKEN_SLOWLY ->
                response.putHeader("content-type", "application/json").end("{\"status\": \"success\"}");
            case REDIRECTED ->
                response.setStatusCode(302)
                        .putHeader("location", "http://127.0.0.1:1/")
                        .end();
            case TAKEN_WITH_NONSENSE ->
                response.putHeader("content-type", "application/json").end("<html>");
            case REFUSED -> response.setStatusCode(422).end("{\"detail\": \"no\"}");
            case BROKEN -> response.setStatusCode(500).end();
            case RESET -> request.connection().close();
            case UNANSWERED -> {}
        }
    }
}
