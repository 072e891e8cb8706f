package io.procmon.classroom.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.Classroom;
import io.procmon.PostgresServer;
import io.procmon.classroom.logbook.AttemptFormat;
import io.procmon.classroom.logbook.AttemptStore;
import io.procmon.classroom.logbook.AttemptStoreContract;
import io.procmon.classroom.logbook.StoreUnavailable;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real PostgreSQL is a store as any other, and one that several instances share. */
class PostgresStoreTest extends AttemptStoreContract {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static PostgresServer server;
    private static Vertx vertx;

    private String url;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            server.close();
        }
    }

    @Override
    protected AttemptStore store() {
        if (url == null) {
            url = server.newDatabase("procmon" + DATABASES.incrementAndGet());
        }
        return new PostgresStore(vertx, config(url, Map.of()));
    }

    @Test
    void otherInstance_hearsOfWhatIsNew_andOnlyOfThat() throws InterruptedException {
        List<Attempt> story = Story.of("0:00 build ok; 1:00 run ok");
        BlockingQueue<Work> heard = new LinkedBlockingQueue<>();
        try (AttemptStore first = store();
                AttemptStore second = store()) {
            first.open();
            second.open();
            second.onChange(heard::add);

            first.enter(WORK, story.getFirst());
            first.enter(WORK, story.getFirst());
            first.enter(WORK, story.getLast());

            assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(WORK);
            assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(WORK);
            assertThat(second.of(WORK)).isEqualTo(story);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void databaseThatIsAway_losesNothingThatWasTaken_andTakesTheRestLater() {
        List<Attempt> story = Story.of("0:00 build ok; 1:00 run ok");
        try (AttemptStore store = store()) {
            store.open();
            store.enter(WORK, story.getFirst());
            server.down();

            assertThatThrownBy(() -> store.enter(WORK, story.getLast())).isInstanceOf(StoreUnavailable.class);
            server.up();

            assertThat(store.enter(WORK, story.getLast())).isTrue();
            assertThat(store.of(WORK)).isEqualTo(story);
        }
    }

    @Test
    void newestOfAHomework_areEnough() {
        try (AttemptStore store =
                new PostgresStore(vertx, config(url, Map.of("procmon.workflow.per-homework", "10")))) {
            store.open();
            for (int minute = 0; minute < 15; minute++) {
                store.enter(WORK, Story.of(minute + ":00 build ok").getFirst());
            }

            assertThat(store.of(WORK))
                    .hasSize(10)
                    .allMatch(attempt -> attempt.startedAt().isAfter(Story.at("4:59")));
        }
    }

    /** An attempt ended with its diagnostics then: without the five bytes of an unknown node and an unknown program. */
    @Test
    void databaseOfTheVersionBefore_isBroughtUpToDate_andKeepsItsAttempts() throws SQLException {
        ProcmonConfig config = config(server.newDatabase("before"), Map.of());
        DatabaseAddress address = DatabaseAddress.of(config.database());
        Attempt attempt = Story.of("0:00 build failed says=x").getFirst();
        byte[] record = AttemptFormat.encode(attempt);
        record[0] = 2;
        Schema.migrate(address, MigrationVersion.fromVersion("1"));
        try (Connection database = DriverManager.getConnection(address.jdbc(), address.user(), address.password());
                PreparedStatement insert = database.prepareStatement("""
                        insert into attempt values ('os', '1', 'hw1', '202012180', ?, ?, ?);
                        insert into work values ('os', '1', 'hw1', '202012180', 0, 1)""")) {
            insert.setLong(1, ChronoUnit.NANOS.between(Instant.EPOCH, attempt.startedAt()));
            insert.setObject(2, attempt.id());
            insert.setBytes(3, Arrays.copyOf(record, record.length - 5));
            insert.execute();
        }

        try (AttemptStore store = new PostgresStore(vertx, config)) {
            store.open();

            assertThat(store.of(WORK)).containsExactly(attempt);
            assertThat(store.enter(WORK, attempt)).isFalse();
            assertThat(store.interventions()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mysql://localhost/procmon", "postgresql://me:secret@localhost/procmon", "procmon"})
    void addressThatIsNone_abortsTheStart(String wrong) {
        ProcmonConfig config = config(wrong, Map.of());

        assertThatThrownBy(() -> new PostgresStore(vertx, config))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("procmon.database.url")
                .hasMessageNotContaining("secret");
    }

    private static ProcmonConfig config(String url, Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(more);
        keys.put("procmon.database.url", url);
        keys.put("procmon.database.user", PostgresServer.USER);
        keys.put("procmon.database.password-file", server.passwordFile().toString());
        return Classroom.config(keys);
    }
}
