package io.procmon.classroom.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

import io.procmon.classroom.logbook.Admission;
import io.procmon.classroom.logbook.AttemptFormat;
import io.procmon.classroom.logbook.AttemptStore;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.logbook.StoreListener;
import io.procmon.classroom.logbook.StoreUnavailable;
import io.procmon.classroom.logbook.WorkSelection;
import io.procmon.classroom.mirror.Choice;
import io.procmon.classroom.mirror.Look;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Work;
import io.procmon.config.ProcmonConfig;
import io.procmon.process.Student;
import io.quarkus.logging.Log;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stores the attempts of a class in a PostgreSQL database, which several instances of the class service share. Each
 * activity needs one statement: it inserts the attempt if it is new, counts it, and notifies the other instances.
 */
@Named(ClassRegister.DATABASE)
@ApplicationScoped
public class PostgresStore implements AttemptStore {

    private static final String CHANNEL = "procmon_work";
    private static final String CHANNEL_OF_STUDENTS = "procmon_student";

    /** The timeout of a statement. A database that is not overloaded needs less; a node waits longer for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

    /** The period in which the store looks whether a month begins. */
    private static final Duration TURN_EVERY = Duration.ofHours(1);

    private static final String ENTER = """
            with entered as (
                insert into attempt (course, section, homework, student, started_at, event_id, content)
                select $1, $2, $3, $4, $5::bigint, $6::uuid, $7::bytea
                where not exists (
                    select from choice where course = $1 and section = $2 and student = $4
                        and (opted_out_at is not null or deleted_until >= $5)
                )
                on conflict do nothing
                returning started_at
            ), counted as (
                insert into work as w (course, section, homework, student, last_started_at, attempts)
                select $1, $2, $3, $4, started_at, 1 from entered
                on conflict (course, section, homework, student) do update
                set attempts = w.attempts + 1, last_started_at = greatest(w.last_started_at, excluded.last_started_at)
                returning 1
            )
            select pg_notify($8, $9) from counted
            """;

    private static final String WORKS = "select course, section, homework, student from work where ";
    private static final String WORKS_IN_ORDER = " order by course, section, homework, student";

    private static final String REVISIONS = """
            select course, section, homework, student,
                2 * (attempts + coalesce(helps, 0)) + (opted_out_at is not null)::int + last_started_at
            from (select * from work where {which}) as work
            left join (
                select course, section, homework, student, count(*) as helps from intervention where {which}
                group by course, section, homework, student
            ) as help using (course, section, homework, student)
            left join choice using (course, section, student)
            """;

    private static final String COURSES = "select course, count(*)::int from work group by course";

    private static final String NEWEST_OF_EACH = """
            select course, section, homework, student, newest.content
            from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as work (course, section, homework, student)
            cross join lateral (
                select started_at, event_id, content from attempt
                where attempt.course = work.course and attempt.section = work.section
                    and attempt.homework = work.homework and attempt.student = work.student
                order by started_at desc, event_id desc limit $5
            ) newest
            order by newest.started_at, newest.event_id
            """;

    private static final String HELP = """
            with entered as (
                insert into intervention (course, section, homework, student, at, id, teacher)
                values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
                returning 1
            )
            select pg_notify($8, $9) from entered
            """;

    private static final String HELP_OF_EACH = """
            select course, section, homework, student, newest.at, newest.id, newest.teacher
            from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as work (course, section, homework, student)
            cross join lateral (
                select at, id, teacher from intervention
                where intervention.course = work.course and intervention.section = work.section
                    and intervention.homework = work.homework and intervention.student = work.student
                order by at desc, id desc limit $5
            ) newest
            order by newest.at, newest.id
            """;

    private static final String CHOICE =
            "select opted_out_at, deleted_until from choice where course = $1 and section = $2 and student = $3";

    private static final String OPTED_OUT =
            "select course, section, student from choice where opted_out_at is not null";

    private static final String OPT_OUT = """
            with chosen as (
                insert into choice as c (course, section, student, opted_out_at) values ($1, $2, $3, $4)
                on conflict (course, section, student) do update set opted_out_at = excluded.opted_out_at
                where c.opted_out_at is null
                returning 1
            )
            select pg_notify($5, $6) from chosen
            """;

    private static final String OPT_IN = """
            with chosen as (
                update choice set opted_out_at = null
                where course = $1 and section = $2 and student = $3 and opted_out_at is not null
                returning 1
            )
            select pg_notify($4, $5) from chosen
            """;

    /**
     * Waits for the statements under way, which cannot see a deletion that begins now, and makes later ones wait for it.
     */
    private static final String LOCK =
            "set local lock_timeout = '5s'; lock table only attempt in share row exclusive mode";

    private static final String DELETED_UNTIL = """
            insert into choice as c (course, section, student, deleted_until) values ($1, $2, $3, $4)
            on conflict (course, section, student) do update
            set deleted_until = greatest(c.deleted_until, excluded.deleted_until)
            """;

    private static final String NEWEST =
            "select max(last_started_at) from work where course = $1 and section = $2 and student = $3";

    private static final String FORGET = """
            with forgotten as (
                delete from attempt where course = $1 and section = $2 and student = $3 returning 1
            ), works as (
                delete from work where course = $1 and section = $2 and student = $3
                returning course, section, homework, student
            ), help as (
                delete from intervention where course = $1 and section = $2 and student = $3
            ), looks as (
                delete from look where course = $1 and section = $2 and student = $3
            )
            select course, section, homework, student, (select count(*) from forgotten) from works
            """;

    private static final String TELL = "select pg_notify($1, name) from unnest($2::text[]) as name";

    private static final String LOOK = """
            insert into look (course, section, student, hour, viewer, kind) values ($1, $2, $3, $4, $5, $6)
            on conflict do nothing
            """;

    private static final String LOOKS = """
            select hour, viewer, kind from look where course = $1 and section = $2 and student = $3
            order by hour desc, viewer desc, kind desc limit $4
            """;

    private static final String REVOKE = """
            insert into revocation as r (course, section, student, until) values ($1, $2, $3, $4)
            on conflict (course, section, student) do update set until = greatest(r.until, excluded.until)
            """;

    private static final String REVOKED =
            "select until from revocation where course = $1 and section = $2 and student = $3";

    /** No attempt of these times can be stored any more, so that no deletion needs to be known. */
    private static final String FORGET_OLD = """
            with looks as (
                delete from look where hour < $1
            )
            delete from choice where opted_out_at is null and coalesce(deleted_until, 0) < $1
            """;

    private static final String TURN_MONTHS = "select turn_months($1, $2)";

    private static final String SIZE = "select coalesce(sum(attempts), 0)::bigint from work";

    /** The number of columns of a work: course, section, homework and student. */
    private static final int WORK_COLUMNS = 4;

    private final Vertx vertx;
    private final DatabaseAddress address;
    private final int poolSize;
    private final int perHomework;
    private final Duration retention;
    private volatile Pool pool;
    private volatile PgSubscriber subscriber;
    private volatile long turning;

    @Inject
    public PostgresStore(Vertx vertx, ProcmonConfig config) {
        this.vertx = vertx;
        address = DatabaseAddress.of(config.database());
        poolSize = config.database().poolSize();
        perHomework = config.workflow().perHomework();
        retention = config.database().retention();
    }

    /** Migrates the schema. If the database is still starting, it waits for some minutes. */
    @Override
    public void open() {
        Schema.migrate(address);
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(poolSize))
                .connectingTo(options())
                .using(vertx)
                .build();
        await(turnMonths(LocalDate.now(UTC)));
        turning = vertx.setPeriodic(
                TURN_EVERY.toMillis(),
                _ -> turnMonths(LocalDate.now(UTC))
                        .onFailure(e -> Log.warnf(
                                "the database cannot begin a month now, and tries again in %d minutes: %s",
                                TURN_EVERY.toMinutes(), e.getMessage())));
    }

    /** Begins the tables of the month and of the next, and drops those of the months before the retention. */
    Future<Void> turnMonths(LocalDate today) {
        long oldest = Math.max(0, today.toEpochDay() - retention.toDays());
        LocalDate firstKept = LocalDate.ofEpochDay(oldest);
        Tuple days = Tuple.of(today, firstKept);
        return pool.preparedQuery(TURN_MONTHS)
                .execute(days)
                .map(rows -> rows.iterator().next().getInteger(0))
                .onSuccess(forgotten -> {
                    if (forgotten > 0) {
                        Log.infof("the database forgets %d months (procmon.database.retention)", forgotten);
                    }
                })
                .flatMap(_ -> pool.preparedQuery(FORGET_OLD)
                        .execute(Tuple.of(nanos(
                                firstKept.withDayOfMonth(1).atStartOfDay(UTC).toInstant()))))
                .mapEmpty();
    }

    private PgConnectOptions options() {
        return PgConnectOptions.fromUri(address.uri())
                .setUser(address.user())
                .setPassword(address.password())
                .setCachePreparedStatements(true);
    }

    @Override
    public Admission enter(Work work, Attempt attempt) {
        Student student = work.student();
        Tuple values = Tuple.of(student.course(), student.section(), work.homework(), student.id())
                .addLong(nanos(attempt.startedAt()))
                .addUUID(attempt.id())
                .addBuffer(Buffer.buffer(AttemptFormat.encode(attempt)))
                .addString(CHANNEL)
                .addString(name(work));
        return query(ENTER, values).rowCount() > 0 ? Admission.ADDED : notAdded(student, attempt);
    }

    private Admission notAdded(Student student, Attempt attempt) {
        Choice choice = choiceOf(student);
        if (choice.optedOutAt().isPresent()) {
            return Admission.OPTED_OUT;
        }
        return choice.isDeleted(attempt.startedAt()) ? Admission.DELETED : Admission.REPEATED;
    }

    /** Does nothing: each statement is committed before it returns. */
    @Override
    public void keep() {}

    @Override
    public List<Work> works(WorkSelection selection) {
        Condition condition = Condition.of(selection);
        return works(condition).filter(selection).toList();
    }

    /**
     * A sum of the number of attempts and interventions, of the choice to opt out, and of the newest attempt's start.
     * Attempts after a deletion start later than the deleted ones.
     */
    @Override
    public Map<Work, Long> revisions(WorkSelection selection) {
        Condition condition = Condition.of(selection);
        Works named = new Works();
        Map<Work, Long> revisions = new LinkedHashMap<>();
        for (Row row : query(REVISIONS.replace("{which}", condition.sql()) + WORKS_IN_ORDER, condition.values())) {
            Work work = named.apply(row);
            if (selection.test(work)) {
                revisions.put(work, row.getLong(WORK_COLUMNS));
            }
        }
        return revisions;
    }

    @Override
    public Map<String, Integer> courses() {
        Map<String, Integer> courses = new TreeMap<>();
        query(COURSES, Tuple.tuple()).forEach(row -> courses.put(row.getString(0), row.getInteger(1)));
        return courses;
    }

    @Override
    public List<Work> worksSince(Instant time) {
        return works(Condition.of("last_started_at > $1", nanos(time))).toList();
    }

    private Stream<Work> works(Condition condition) {
        return await(pool.preparedQuery(WORKS + condition.sql() + WORKS_IN_ORDER)
                        .collecting(Collectors.mapping(new Works(), Collectors.toList()))
                        .execute(condition.values()))
                .value()
                .stream();
    }

    @Override
    public List<Attempt> of(Work work) {
        return of(List.of(work)).get(work);
    }

    @Override
    public Map<Work, List<Attempt>> of(Collection<Work> works) {
        return ofEach(
                works,
                NEWEST_OF_EACH,
                perHomework,
                row -> AttemptFormat.decode(row.getBuffer(WORK_COLUMNS).getBytes()));
    }

    @Override
    public boolean enter(Work work, Intervention intervention) {
        Student student = work.student();
        Tuple values = Tuple.of(student.course(), student.section(), work.homework(), student.id())
                .addLong(nanos(intervention.at()))
                .addUUID(intervention.id())
                .addString(intervention.teacher())
                .addString(CHANNEL)
                .addString(name(work));
        return query(HELP, values).rowCount() > 0;
    }

    @Override
    public List<Intervention> interventionsOf(Work work) {
        return interventionsOf(List.of(work)).get(work);
    }

    @Override
    public Map<Work, List<Intervention>> interventionsOf(Collection<Work> works) {
        return ofEach(works, HELP_OF_EACH, INTERVENTIONS_MAX, row -> Optional.of(intervention(row)));
    }

    /**
     * The rows of each work in the database, in order.
     *
     * @param sql a query whose first columns are those of a work
     * @param limit the largest number for a work
     */
    private <T> Map<Work, List<T>> ofEach(
            Collection<Work> works, String sql, int limit, Function<Row, Optional<T>> value) {
        Map<Work, List<T>> found = new HashMap<>();
        works.forEach(work -> found.put(work, new ArrayList<>()));
        Tuple keys = Tuple.of(
                works.stream().map(it -> it.student().course()).toArray(String[]::new),
                works.stream().map(it -> it.student().section()).toArray(String[]::new),
                works.stream().map(Work::homework).toArray(String[]::new),
                works.stream().map(it -> it.student().id()).toArray(String[]::new),
                limit);
        Works named = new Works();
        for (Row row : query(sql, keys)) {
            value.apply(row).ifPresent(found.get(named.apply(row))::add);
        }
        return found;
    }

    private static Intervention intervention(Row row) {
        return new Intervention(
                row.getUUID(WORK_COLUMNS + 1),
                Instant.EPOCH.plusNanos(row.getLong(WORK_COLUMNS)),
                row.getString(WORK_COLUMNS + 2));
    }

    @Override
    public Choice choiceOf(Student student) {
        RowSet<Row> found = query(CHOICE, key(student));
        return found.size() == 0 ? Choice.NONE : choice(found.iterator().next());
    }

    private static Choice choice(Row row) {
        return new Choice(time(row.getLong(0)), time(row.getLong(1)));
    }

    private static Optional<Instant> time(Long nanos) {
        return Optional.ofNullable(nanos).map(Instant.EPOCH::plusNanos);
    }

    @Override
    public Set<Student> optedOut() {
        Set<Student> students = new HashSet<>();
        for (Row row : query(OPTED_OUT, Tuple.tuple())) {
            students.add(new Student(row.getString(0), row.getString(1), row.getString(2)));
        }
        return Set.copyOf(students);
    }

    @Override
    public boolean setOptedOut(Student student, Optional<Instant> at) {
        Tuple values = key(student);
        at.ifPresent(time -> values.addLong(nanos(time)));
        values.addString(CHANNEL_OF_STUDENTS).addString(name(student));
        return query(at.isPresent() ? OPT_OUT : OPT_IN, values).rowCount() > 0;
    }

    @Override
    public long forget(Student student, Instant now) {
        return await(pool.withTransaction(connection -> forget(connection, student, now)));
    }

    private static Future<Long> forget(SqlConnection connection, Student student, Instant now) {
        return connection
                .query(LOCK)
                .execute()
                .flatMap(_ -> connection.preparedQuery(NEWEST).execute(key(student)))
                .map(rows -> time(rows.iterator().next().getLong(0)).orElse(now))
                .flatMap(newest -> connection
                        .preparedQuery(DELETED_UNTIL)
                        .execute(key(student).addLong(nanos(Choice.deletedUntil(now, newest)))))
                .flatMap(_ -> connection.preparedQuery(FORGET).execute(key(student)))
                .flatMap(works ->
                        connection.preparedQuery(TELL).execute(names(works)).map(_ -> attempts(works)));
    }

    private static Tuple names(RowSet<Row> works) {
        Works read = new Works();
        return Tuple.of(CHANNEL)
                .addArrayOfString(
                        works.stream().map(row -> name(read.apply(row))).toArray(String[]::new));
    }

    private static long attempts(RowSet<Row> works) {
        return works.size() == 0 ? 0 : works.iterator().next().getLong(WORK_COLUMNS);
    }

    @Override
    public void revokeLinks(Student student, Instant until) {
        query(REVOKE, key(student).addLong(nanos(until)));
    }

    @Override
    public Optional<Instant> linksRevokedUntil(Student student) {
        RowSet<Row> found = query(REVOKED, key(student));
        return found.size() == 0
                ? Optional.empty()
                : time(found.iterator().next().getLong(0));
    }

    @Override
    public void enter(Student student, Look look) {
        query(
                LOOK,
                key(student)
                        .addLong(nanos(look.hour()))
                        .addString(look.viewer())
                        .addString(look.kind().label()));
    }

    @Override
    public List<Look> looksAt(Student student) {
        List<Look> looks = new ArrayList<>();
        for (Row row : query(LOOKS, key(student).addInteger(LOOKS_MAX))) {
            Look.Kind.named(row.getString(2))
                    .map(kind -> new Look(row.getString(1), kind, Instant.EPOCH.plusNanos(row.getLong(0))))
                    .ifPresent(looks::add);
        }
        return looks.reversed();
    }

    private static Tuple key(Student student) {
        return Tuple.of(student.course(), student.section(), student.id());
    }

    @Override
    public long size() {
        return query(SIZE, Tuple.tuple()).iterator().next().getLong(0);
    }

    @Override
    public boolean isOnDisk() {
        return true;
    }

    @Override
    public void check() {}

    /** An instance of the class service also receives its own notifications. */
    @Override
    public void onChange(StoreListener listener) {
        PgSubscriber listening = PgSubscriber.subscriber(vertx, options());
        listening.reconnectPolicy(_ -> RECONNECT_AFTER.toMillis());
        listening
                .channel(CHANNEL)
                .subscribeHandler(_ -> listener.missed())
                .handler(name -> listener.changed(work(name)));
        listening.channel(CHANNEL_OF_STUDENTS).handler(name -> listener.chosen(student(name)));
        await(listening.connect());
        subscriber = listening;
    }

    @Override
    public void close() {
        vertx.cancelTimer(turning);
        if (subscriber != null) {
            closeQuietly(subscriber.close());
        }
        if (pool != null) {
            closeQuietly(pool.close());
        }
    }

    private static void closeQuietly(Future<Void> closing) {
        try {
            await(closing);
        } catch (StoreUnavailable e) {
            Log.debugf(e, "the connections to the database could not be closed");
        }
    }

    private RowSet<Row> query(String sql, Tuple values) {
        return await(pool.preparedQuery(sql).execute(values));
    }

    private static <T> T await(Future<T> answer) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("an event loop must not wait for the database");
        }
        try {
            return answer.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new StoreUnavailable(
                    "the database does not answer: " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new StoreUnavailable("the database does not answer within %d s".formatted(PATIENCE.toSeconds()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("the class service stops", e);
        }
    }

    private static long nanos(Instant time) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, time);
    }

    /** The name of a work in a notification. Names may contain any character. */
    private static String name(Work work) {
        Student student = work.student();
        return name(student.course(), student.section(), work.homework(), student.id());
    }

    private static String name(Student student) {
        return name(student.course(), student.section(), student.id());
    }

    private static String name(String... parts) {
        return Stream.of(parts).map(part -> URLEncoder.encode(part, UTF_8)).collect(Collectors.joining("/"));
    }

    private static Work work(String name) {
        List<String> parts = parts(name);
        return new Work(new Student(parts.get(0), parts.get(1), parts.get(3)), parts.get(2));
    }

    private static Student student(String name) {
        List<String> parts = parts(name);
        return new Student(parts.get(0), parts.get(1), parts.get(2));
    }

    private static List<String> parts(String name) {
        return Stream.of(name.split("/", -1))
                .map(part -> URLDecoder.decode(part, UTF_8))
                .toList();
    }
}
