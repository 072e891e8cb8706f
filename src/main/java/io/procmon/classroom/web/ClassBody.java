package io.procmon.classroom.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.procmon.classroom.overview.ClassView;
import io.procmon.classroom.overview.CommonError;
import io.procmon.classroom.overview.Entry;
import io.procmon.classroom.overview.Funnel;
import io.procmon.classroom.overview.Row;
import io.procmon.classroom.workflow.Step;
import io.procmon.classroom.workflow.Work;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of the class as JSON. An event contains only the parts that have changed.
 *
 * @param course the selected course, or the first one if all courses have too many rows; empty for all
 * @param total the number of selected rows
 * @param order the keys of the rows of the page, in order: section, homework and student
 * @param rows the rows; in an event, those that have changed
 * @param help the students who may need help now, the longest wait first
 * @param helped the students with whom a teacher is
 * @param funnels the progress of the class with each homework
 * @param errors the most common errors of each homework
 * @param facets the values that rows can be selected by
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ClassBody(
        String course,
        Integer total,
        List<String> order,
        List<RowBody> rows,
        List<CallBody> help,
        List<CallBody> helped,
        List<FunnelBody> funnels,
        List<ErrorBody> errors,
        FacetsBody facets) {

    private static final ClassBody NOTHING = new ClassBody(null, null, null, null, null, null, null, null, null);

    static ClassBody of(ClassView view, String course, List<String> courses) {
        return new ClassBody(
                course,
                view.total(),
                view.page().stream().map(entry -> keyOf(entry.row().work())).toList(),
                view.page().stream().map(RowBody::of).toList(),
                view.help().stream().map(CallBody::of).toList(),
                view.helped().stream().map(CallBody::of).toList(),
                view.funnels().stream().map(FunnelBody::of).toList(),
                view.errors().stream().map(ErrorBody::of).toList(),
                new FacetsBody(courses, view.sections(), view.homeworks()));
    }

    /** The changes since an earlier body of the same page. */
    ClassBody since(ClassBody before) {
        if (equals(before)) {
            return NOTHING;
        }
        Map<String, RowBody> known = new HashMap<>();
        before.rows.forEach(row -> known.put(row.key(), row));
        List<RowBody> changed =
                rows.stream().filter(row -> !row.equals(known.get(row.key()))).toList();
        return new ClassBody(
                news(course, before.course),
                news(total, before.total),
                news(order, before.order),
                changed.isEmpty() ? null : changed,
                news(help, before.help),
                news(helped, before.helped),
                news(funnels, before.funnels),
                news(errors, before.errors),
                news(facets, before.facets));
    }

    /** Whether an event would be empty. */
    boolean isEmpty() {
        return equals(NOTHING);
    }

    private static <T> T news(T now, T before) {
        return now.equals(before) ? null : now;
    }

    private static String keyOf(Work work) {
        return String.join(
                "/", work.student().classDiv(), work.homework(), work.student().id());
    }

    /**
     * A row.
     *
     * @param number the number of the student in the section, for a page without names
     * @param crashes the number of crashed runs
     * @param recent the latest builds and runs, such as {@code build ok}
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record RowBody(
            String key,
            String classDiv,
            String studentId,
            String homeworkDir,
            int number,
            String state,
            List<SignBody> signs,
            int builds,
            int failedBuilds,
            int runs,
            int crashes,
            int failureStreak,
            Instant lastActivity,
            List<String> recent) {
        static RowBody of(Entry entry) {
            Row row = entry.row();
            return new RowBody(
                    keyOf(row.work()),
                    row.work().student().classDiv(),
                    row.work().student().id(),
                    row.work().homework(),
                    entry.number(),
                    row.state().label(),
                    entry.signs().stream().map(SignBody::of).toList(),
                    row.figures().builds(),
                    row.figures().failedBuilds(),
                    row.figures().runs(),
                    row.figures().crashes().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum(),
                    row.figures().failureStreak(),
                    row.figures().last().orElse(null),
                    row.recent().stream()
                            .map(it -> it.kind().label() + " " + it.ending().label())
                            .toList());
        }
    }

    /**
     * A sign of trouble.
     *
     * @param sign the name
     * @param calls whether it requires a person now
     * @param activities the number of builds or runs
     * @param from its start
     * @param since its start in the current session; only if it calls
     * @param comparison the comparison with the other students; only for {@code longer-than-class}
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record SignBody(
            String sign,
            boolean calls,
            int activities,
            Instant from,
            Instant since,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String reason,
            ComparisonBody comparison) {
        static SignBody of(Entry.Sign sign) {
            return new SignBody(
                    sign.name(),
                    sign.calls(),
                    sign.count(),
                    sign.from(),
                    sign.since().orElse(null),
                    sign.reason(),
                    sign.comparison().map(ComparisonBody::of).orElse(null));
        }
    }

    /**
     * A student's failed builds in comparison with the class.
     *
     * @param timeMs the time for which the builds have failed, without pauses, in milliseconds
     * @param students the number of other students who have repaired builds at this step
     * @param share the share of them that needed at most {@code within_ms}, in percent
     * @param step the step: {@code built}, {@code ran}, {@code milestone} or {@code done}
     * @param name the name of the milestone
     */
    @RegisterForReflection
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ComparisonBody(
            long timeMs,
            int students,
            int share,
            long withinMs,
            String step,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String name) {
        static ComparisonBody of(Entry.Comparison comparison) {
            Step step = comparison.failures().step();
            return new ComparisonBody(
                    comparison.failures().time().toMillis(),
                    comparison.norm().students(),
                    comparison.norm().share(),
                    comparison.norm().time().toMillis(),
                    step.kind().label(),
                    step.name());
        }
    }

    /**
     * A student who may need help, or with whom a teacher is.
     *
     * @param signs the signs that require a person
     * @param at the last time at which a teacher was with the student; missing if the student has recovered since
     * @param teacher the teacher's name
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record CallBody(
            String key,
            String classDiv,
            String studentId,
            String homeworkDir,
            int number,
            List<SignBody> signs,
            Instant at,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String teacher) {
        static CallBody of(Entry entry) {
            Row row = entry.row();
            return new CallBody(
                    keyOf(row.work()),
                    row.work().student().classDiv(),
                    row.work().student().id(),
                    row.work().homework(),
                    entry.number(),
                    entry.signs().stream()
                            .filter(Entry.Sign::calls)
                            .map(SignBody::of)
                            .toList(),
                    row.helped().map(it -> it.at()).orElse(null),
                    row.helped().map(it -> it.teacher()).orElse(""));
        }
    }

    /**
     * The progress of a class with a homework.
     *
     * @param students the students of the class whom procmon has seen at any homework
     * @param steps the number of students who have reached each step, in order
     */
    @RegisterForReflection
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record FunnelBody(
            String course, String homework, int students, int notStarted, int atWork, int late, List<StepBody> steps) {
        static FunnelBody of(Funnel funnel) {
            return new FunnelBody(
                    funnel.course(),
                    funnel.homework(),
                    funnel.students(),
                    funnel.notStarted(),
                    funnel.atWork(),
                    funnel.late(),
                    funnel.reached().entrySet().stream()
                            .map(step -> new StepBody(
                                    step.getKey().kind().label(), step.getKey().name(), step.getValue()))
                            .toList());
        }
    }

    /**
     * The students who have reached a step.
     *
     * @param step {@code working}, {@code built}, {@code ran}, {@code milestone}, {@code requirement} or {@code done}
     * @param name the name of the milestone or the requirement
     */
    @RegisterForReflection
    public record StepBody(
            String step,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String name,
            int students) {}

    /** The fields of {@link CommonError}. */
    @RegisterForReflection
    public record ErrorBody(String course, String homework, String type, int students, Instant since) {
        static ErrorBody of(CommonError error) {
            return new ErrorBody(error.course(), error.homework(), error.type(), error.students(), error.since());
        }
    }

    /** The values that rows can be selected by. */
    @RegisterForReflection
    public record FacetsBody(List<String> courses, List<String> sections, List<String> homeworks) {}
}
