package io.procmon.classroom.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.Classroom;
import io.procmon.PostgresServer;
import io.procmon.classroom.course.Courses;
import io.procmon.classroom.logbook.Admission;
import io.procmon.classroom.logbook.AttemptFormat;
import io.procmon.classroom.logbook.AttemptStore;
import io.procmon.classroom.logbook.AttemptStoreContract;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.logbook.StoreListener;
import io.procmon.classroom.logbook.StoreUnavailable;
import io.procmon.classroom.mirror.Look;
import io.procmon.classroom.overview.Overview;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.live.Await;
import io.procmon.process.Student;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real PostgreSQL passes the tests of every store, and several instances can share it. */
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
            second.onChange(listener(heard, new LinkedBlockingQueue<>()));

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
    void otherInstance_hearsOfADeletion_andOfWhoOptsOut() throws InterruptedException {
        BlockingQueue<Work> heard = new LinkedBlockingQueue<>();
        BlockingQueue<Student> chosen = new LinkedBlockingQueue<>();
        try (AttemptStore first = store();
                AttemptStore second = store()) {
            first.open();
            second.open();
            first.enter(WORK, Story.of("0:00 build ok").getFirst());
            second.onChange(listener(heard, chosen));

            first.forget(WORK.student(), Story.at("1:00"));
            first.setOptedOut(WORK.student(), Optional.of(Story.at("2:00")));
            first.setOptedOut(WORK.student(), Optional.of(Story.at("3:00")));
            first.setOptedOut(WORK.student(), Optional.empty());

            assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(WORK);
            assertThat(chosen.poll(60, TimeUnit.SECONDS)).isEqualTo(WORK.student());
            assertThat(chosen.poll(60, TimeUnit.SECONDS)).isEqualTo(WORK.student());
            assertThat(heard).isEmpty();
            assertThat(chosen).isEmpty();
        }
    }

    private static StoreListener listener(BlockingQueue<Work> changed, BlockingQueue<Student> chosen) {
        return new StoreListener() {
            @Override
            public void changed(Work work) {
                changed.add(work);
            }

            @Override
            public void chosen(Student student) {
                chosen.add(student);
            }

            @Override
            public void missed() {}
        };
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

            assertThat(store.enter(WORK, story.getLast())).isEqualTo(Admission.ADDED);
            assertThat(store.of(WORK)).isEqualTo(story);
        }
    }

    /** The connection that listens is away in two ways, while another instance changes what an open page shows. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void instanceThatMissedNotifications_showsWhatHasChanged_andReadsOnlyThat(boolean whole) {
        Work later = new Work(new Student("os", "1", "202012182"), "hw2");
        Work unchanged = new Work(new Student("os", "1", "202012183"), "hw1");
        Work elsewhere = new Work(new Student("db", "1", "202012180"), "hw1");
        List<Attempt> story = Story.of("0:00 build ok; 1:00 run ok");
        Set<Work> read = ConcurrentHashMap.newKeySet();
        ProcmonConfig config = config(url, Map.of());
        Courses courses = new Courses(config);
        ClassRegister register = new ClassRegister(config, courses, new PostgresStore(vertx, config) {
            @Override
            public Map<Work, List<Attempt>> of(Collection<Work> works) {
                read.addAll(works);
                return super.of(works);
            }
        });
        try (AttemptStore other = store()) {
            other.open();
            List.of(WORK, OTHER, later, unchanged).forEach(work -> other.enter(work, story.getFirst()));
            register.open(Map::of);
            Await.until("the first subscription", () -> register.missed() == 1);
            Overview overview = new Overview(register, courses, config);
            assertThat(runs(overview)).isEqualTo(Map.of(WORK, 0, OTHER, 0, later, 0, unchanged, 0));
            read.clear();

            loseConnections(whole);
            Await.until("the other instance has the database again", () -> isReachable(other));
            other.enter(WORK, story.getLast());
            other.forget(OTHER.student(), Story.at("2:00"));
            other.enter(later, new Intervention(new UUID(0, 1), story.getFirst().endedAt(), "Kim"));
            other.enter(elsewhere, story.getFirst());
            Await.until("the second subscription", () -> register.missed() == 2);

            assertThat(runs(overview)).isEqualTo(Map.of(WORK, 1, later, 0, unchanged, 0, elsewhere, 0));
            assertThat(read).isEqualTo(Set.of(WORK, OTHER, later, elsewhere));
            read.clear();
            assertThat(runs(overview)).hasSize(4);
            assertThat(read).as("it reads what has changed once").isEmpty();
        } finally {
            register.close();
        }
    }

    private void loseConnections(boolean whole) {
        if (whole) {
            server.down();
            server.up();
        } else {
            assertThat(server.rows(
                            url,
                            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                                    + " and query ilike 'listen%'"))
                    .containsExactly("t");
        }
    }

    private static Map<Work, Integer> runs(Overview overview) {
        return overview.cohorts(_ -> true, Story.at("2:00")).stream()
                .flatMap(cohort -> cohort.rows().stream())
                .collect(
                        Collectors.toMap(row -> row.work(), row -> row.figures().runs()));
    }

    private static boolean isReachable(AttemptStore store) {
        try {
            return store.size() > 0;
        } catch (StoreUnavailable e) {
            return false;
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

    @Test
    void databaseOfTheVersionBefore_isBroughtUpToDate_andKeepsItsRows() throws SQLException {
        String before = server.newDatabase("before");
        ProcmonConfig config = config(before, Map.of());
        DatabaseAddress address = DatabaseAddress.of(config.database());
        Attempt attempt = at("2026-03-02");
        Attempt ofAWrongClock = at("2099-01-01");
        Schema.migrate(address, MigrationVersion.fromVersion("2"));
        try (Connection database = DriverManager.getConnection(address.jdbc(), address.user(), address.password());
                PreparedStatement insert = database.prepareStatement("""
                        insert into attempt values ('os', '1', 'hw1', '202012180', ?, ?, ?), \
                            ('os', '1', 'hw1', '202012180', ?, ?, ?);
                        insert into work values ('os', '1', 'hw1', '202012180', 0, 2);
                        insert into intervention values ('os', '1', 'hw1', '202012180', 0, gen_random_uuid(), 'Kim')""")) {
            set(insert, 1, attempt);
            set(insert, 4, ofAWrongClock);
            insert.execute();
        }

        try (AttemptStore store = new PostgresStore(vertx, config)) {
            store.open();

            assertThat(store.of(WORK)).containsExactly(attempt, ofAWrongClock);
            assertThat(store.enter(WORK, attempt)).isEqualTo(Admission.REPEATED);
            assertThat(store.size()).isEqualTo(2);
            assertThat(store.interventionsOf(WORK))
                    .extracting(Intervention::teacher)
                    .containsExactly("Kim");
            assertThat(tables(before)).hasSize(2).contains("attempt_other|1");
        }
    }

    private static void set(PreparedStatement insert, int from, Attempt attempt) throws SQLException {
        insert.setLong(from, ChronoUnit.NANOS.between(Instant.EPOCH, attempt.startedAt()));
        insert.setObject(from + 1, attempt.id());
        insert.setBytes(from + 2, AttemptFormat.encode(attempt));
    }

    @Test
    void lateMonthGetsItsTable_andTheMonthBeforeTheRetentionIsForgottenWithIts() {
        try (PostgresStore store = new PostgresStore(vertx, config(url, Map.of("procmon.database.retention", "60D")))) {
            store.open();
            turn(store, "2026-02-28");
            List<Attempt> old = List.of(at("2025-12-31"), at("2026-01-31"));
            List<Attempt> kept = List.of(at("2026-02-01"), at("2026-02-28"), at("2026-04-01"));
            old.forEach(attempt -> store.enter(WORK, attempt));
            kept.forEach(attempt -> store.enter(WORK, attempt));
            store.enter(OTHER, old.getFirst());
            store.enter(OTHER, new Intervention(new UUID(0, 1), old.getFirst().startedAt(), "Kim"));
            store.forget(new Student("os", "1", "1"), Instant.parse("2026-01-31T12:00:00Z"));
            store.forget(new Student("os", "1", "2"), Instant.parse("2026-02-01T12:00:00Z"));
            store.setOptedOut(new Student("os", "1", "3"), Optional.of(Instant.EPOCH));
            List.of(old.getLast(), kept.getFirst())
                    .forEach(it -> store.enter(WORK.student(), Look.at(it.startedAt(), "Kim", Look.Kind.WORK)));
            assertThat(tables(url)).containsExactly("attempt_2026_02|2", "attempt_other|4");
            turn(store, "2026-02-28");
            assertThat(tables(url))
                    .containsExactly("attempt_2025_12|2", "attempt_2026_01|1", "attempt_2026_02|2", "attempt_other|1");

            turn(store, "2026-04-02");

            assertThat(store.of(WORK)).isEqualTo(kept);
            assertThat(store.works()).containsExactly(WORK);
            assertThat(store.interventionsOf(OTHER)).isEmpty();
            assertThat(store.size()).isEqualTo(3);
            assertThat(tables(url)).containsExactly("attempt_2026_02|2", "attempt_2026_04|1");
            assertThat(store.looksAt(WORK.student()))
                    .extracting(Look::hour)
                    .containsExactly(Instant.parse("2026-02-01T12:00:00Z"));
            assertThat(server.rows(url, "select student, 1 from choice order by 1"))
                    .containsExactly("2|1", "3|1");
        }
    }

    private static void turn(PostgresStore store, String today) {
        store.turnMonths(LocalDate.parse(today))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** An attempt of a day. */
    private static Attempt at(String day) {
        long minutes =
                Duration.between(Story.BEGIN, Instant.parse(day + "T12:00:00Z")).toMinutes();
        return Story.of("%d:00 build ok".formatted(minutes)).getFirst();
    }

    /** The tables that have rows, and the number of rows. */
    private static List<String> tables(String database) {
        return server.rows(
                database, "select tableoid::regclass::text collate \"C\", count(*) from attempt group by 1 order by 1");
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
        Map<String, String> keys = new HashMap<>(Map.of("procmon.database.retention", "100000D")); // at any date
        keys.putAll(more);
        keys.put("procmon.database.url", url);
        keys.put("procmon.database.user", PostgresServer.USER);
        keys.put("procmon.database.password-file", server.passwordFile().toString());
        return Classroom.config(keys);
    }
}
