package io.procmon.classroom.web;

import io.procmon.classroom.access.Viewer;
import io.procmon.classroom.access.Viewers;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.logbook.WorkSelection;
import io.procmon.classroom.mirror.Look;
import io.procmon.classroom.overview.ClassQuery;
import io.procmon.classroom.overview.ClassQuery.Order;
import io.procmon.classroom.overview.Overview;
import io.procmon.classroom.overview.Row;
import io.procmon.process.Student;
import io.procmon.web.Listeners;
import io.procmon.web.Refusal;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** The class as the page shows it: a page of rows, selected, sorted and searched by the server. */
@Singleton
@Path("/api/class")
public class ClassResource {

    /** The period in which changes are collected before they are sent together. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    /** The period in which values that depend on the time are sent, such as the students at work. */
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private static final int SIZE_MAX = 500;

    /** Selects a page of rows. A parameter that is missing or empty selects all. */
    public static class Wanted {
        @RestQuery
        String course;

        @RestQuery
        String section;

        @RestQuery
        String homework;

        @RestQuery
        String state;

        /** A part of a student's id or of a homework's name, or a number such as {@code #12}. */
        @RestQuery
        String search;

        /** The type of an error that a student has now. */
        @RestQuery
        String error;

        /**
         * {@code signs}, {@code student}, {@code homework}, {@code state}, {@code builds}, {@code runs} or
         * {@code seen}.
         */
        @RestQuery
        String sort;

        @RestQuery
        boolean descending;

        /** The number of the page, from 0. */
        @RestQuery
        int page;

        /** The number of rows of a page: 50, or at most 500. */
        @RestQuery
        Integer size;

        ClassQuery query() {
            int rows = size == null ? 50 : size;
            if (page < 0 || rows < 1 || rows > SIZE_MAX) {
                throw Refusal.of(Response.Status.BAD_REQUEST, "page is at least 0, and size is 1 to " + SIZE_MAX);
            }
            return new ClassQuery(
                    given(section),
                    given(homework),
                    given(state),
                    given(search),
                    given(error),
                    order(),
                    descending,
                    page,
                    rows);
        }

        private Order order() {
            return given(sort)
                    .map(label -> Arrays.stream(Order.values())
                            .filter(order -> order.label().equals(label))
                            .findFirst()
                            .orElseThrow(() -> Refusal.of(
                                    Response.Status.BAD_REQUEST,
                                    "sort is none of "
                                            + Stream.of(Order.values())
                                                    .map(Order::label)
                                                    .toList())))
                    .orElse(Order.SIGNS);
        }
    }

    private final Overview overview;
    private final ClassRegister register;
    private final Viewers viewers;
    private final LookLog looks;
    private final Listeners listeners = new Listeners();
    private final SharedAnswers<OpenPage.Question, ClassBody> pages;
    private Multi<Instant> moments;

    @Inject
    ClassResource(Overview overview, ClassRegister register, Viewers viewers, LookLog looks) {
        this.overview = overview;
        this.register = register;
        this.viewers = viewers;
        this.looks = looks;
        pages = new SharedAnswers<>(question -> new OpenPage(question, overview)::at);
    }

    /** The moments at which a page may have changed. */
    @PostConstruct
    void share() {
        Multi<Instant> changes =
                register.changes().group().intoLists().every(PAUSE).map(_ -> Instant.now());
        Multi<Instant> ticks =
                Multi.createFrom().ticks().every(PERIOD).onOverflow().drop().map(_ -> Instant.now());
        moments = Multi.createBy()
                .merging()
                .streams(changes, ticks)
                .onOverflow()
                .drop()
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture()
                .toAllSubscribers();
    }

    /** A page of rows, and the figures of the whole class. */
    @Operation(summary = "The class at a glance: a page of rows, steps of each homework, and who may need help")
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public ClassBody page(@BeanParam Wanted wanted) {
        return new OpenPage(question(wanted), overview).at(Instant.now());
    }

    /**
     * The same, and then the changes, as server-sent events. The first event is the whole page. A later one has only
     * the parts that have changed.
     */
    @Operation(summary = "The same, and what changes from now on, as server-sent events")
    @GET
    @Path("/changes")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<ClassBody> changes(@BeanParam Wanted wanted) {
        OpenPage.Question question = question(wanted);
        AtomicReference<ClassBody> sent = new AtomicReference<>();
        Multi<Instant> from =
                Multi.createBy().merging().streams(Multi.createFrom().item(Instant.now()), moments);
        return listeners
                .admit(from)
                .onItem()
                .transformToUniAndConcatenate(moment -> Uni.createFrom()
                        .item(() -> news(pages.at(moment, question), sent))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .onTermination()
                .invoke(() -> pages.forget(question))
                .select()
                .where(body -> !body.isEmpty());
    }

    private static ClassBody news(ClassBody now, AtomicReference<ClassBody> sent) {
        ClassBody before = sent.getAndSet(now);
        return before == null ? now : now.since(before);
    }

    /** All homeworks of a student, each with the medians of the course. */
    @Operation(summary = "All homeworks of a student, each with the medians of the course")
    @GET
    @Path("/student")
    @Produces(MediaType.APPLICATION_JSON)
    public List<StudentBody> student(@RestQuery String course, @RestQuery String section, @RestQuery String student) {
        if (course == null || section == null || student == null) {
            throw Refusal.of(Response.Status.BAD_REQUEST, "course, section and student are needed");
        }
        CourseCheck.require(viewers.current(), course);
        Student who = new Student(course, section, student);
        looks.note(WorkSelection.of(who), Look.Kind.WORK);
        Instant now = Instant.now();
        return overview.cohorts(course::equals, now).stream()
                .flatMap(cohort -> register.summariesOf(
                                cohort.rows().stream()
                                        .map(Row::work)
                                        .filter(work -> work.student().equals(who))
                                        .toList(),
                                now)
                        .map(summary -> StudentBody.of(summary, cohort)))
                .toList();
    }

    private OpenPage.Question question(Wanted wanted) {
        Viewer viewer = viewers.current();
        Optional<String> course = given(wanted.course);
        course.ifPresent(name -> CourseCheck.require(viewer, name));
        return new OpenPage.Question(course, wanted.query(), viewer.unnamed());
    }

    private static Optional<String> given(String parameter) {
        return Optional.ofNullable(parameter).filter(it -> !it.isEmpty());
    }
}
