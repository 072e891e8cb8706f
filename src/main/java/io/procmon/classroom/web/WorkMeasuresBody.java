package io.procmon.classroom.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.procmon.classroom.measures.Watwin;
import io.procmon.classroom.workflow.WorkMeasures;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.OptionalDouble;

/**
 * The fields of {@link WorkMeasures} as JSON; an undefined measure is null.
 *
 * @param watwinVariant the variant of the Watwin score
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WorkMeasuresBody(
        String classDiv,
        String studentId,
        String homeworkDir,
        int builds,
        int failedBuilds,
        Double errorQuotient,
        Double repeatedErrorDensity,
        Double watwinScore,
        String watwinVariant) {

    static WorkMeasuresBody of(WorkMeasures measures) {
        return new WorkMeasuresBody(
                measures.work().student().classDiv(),
                measures.work().student().id(),
                measures.work().homework(),
                measures.builds(),
                measures.failedBuilds(),
                known(measures.errors().errorQuotient()),
                known(measures.errors().repeatedErrorDensity()),
                known(measures.watwin()),
                Watwin.VARIANT);
    }

    private static Double known(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
