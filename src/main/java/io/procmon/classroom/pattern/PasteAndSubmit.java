package io.procmon.classroom.pattern;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.Pattern;
import io.procmon.classroom.workflow.PatternContext;
import java.time.Duration;
import java.util.List;

/**
 * The first build succeeds although the source is large, within a minute of the first activity. So the student wrote
 * the source elsewhere: on another computer, or in an editor that was open for hours. The pattern is a reason to ask,
 * and no proof. A build whose source size is unknown shows no pattern.
 *
 * @param sourceBytes the least total size of the sources, in bytes
 * @param time the longest time from the first activity to the end of the build
 */
public record PasteAndSubmit(long sourceBytes, Duration time) implements Pattern {

    @Override
    public String name() {
        return "paste-and-submit";
    }

    @Override
    public List<Finding> findIn(PatternContext context) {
        return context.history().builds().stream()
                .limit(1)
                .filter(Attempt::isGoodBuild)
                .filter(build -> build.files().sourceBytes().orElse(0) >= sourceBytes)
                .filter(build -> isSoon(context, build))
                .map(build -> new Finding(build.startedAt(), build.endedAt(), true))
                .toList();
    }

    private boolean isSoon(PatternContext context, Attempt build) {
        return Duration.between(context.history().first().orElseThrow(), build.endedAt())
                        .compareTo(time)
                <= 0;
    }
}
