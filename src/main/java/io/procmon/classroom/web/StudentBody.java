package io.procmon.classroom.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.procmon.classroom.overview.Cohort;
import io.procmon.classroom.workflow.Episode;
import io.procmon.classroom.workflow.WorkSummary;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.List;

/**
 * A student's work on one of the homeworks as JSON.
 *
 * @param number the number of the student in the section, for a page without names
 * @param work the work
 * @param story the student's activities, for a summary in words
 * @param medians the medians of the students of the course who have begun this homework
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StudentBody(int number, WorkflowBody work, List<EpisodeBody> story, MediansBody medians) {

    static StudentBody of(WorkSummary summary, Cohort cohort) {
        return new StudentBody(
                cohort.numberOf(summary.work().student()),
                WorkflowBody.of(summary),
                Episode.of(summary.history()).stream().map(EpisodeBody::of).toList(),
                cohort.medians(summary.work().homework()).map(MediansBody::of).orElse(null));
    }

    /** The fields of {@link Episode}. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record EpisodeBody(
            String kind,
            String ending,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String place,
            int count,
            Long repairMs) {
        static EpisodeBody of(Episode episode) {
            return new EpisodeBody(
                    episode.kind().label(),
                    episode.ending().label(),
                    episode.place(),
                    episode.count(),
                    episode.repair().map(Duration::toMillis).orElse(null));
        }
    }

    /** The fields of {@link Cohort.Medians}. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record MediansBody(int students, int builds, int failedBuilds, int runs, long activeMs, Long repairMs) {
        static MediansBody of(Cohort.Medians medians) {
            return new MediansBody(
                    medians.students(),
                    medians.builds(),
                    medians.failedBuilds(),
                    medians.runs(),
                    medians.active().toMillis(),
                    medians.repair().map(Duration::toMillis).orElse(null));
        }
    }
}
