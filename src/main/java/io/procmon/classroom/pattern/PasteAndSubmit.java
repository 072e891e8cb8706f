package io.procmon.classroom.pattern;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.Pattern;
import io.procmon.classroom.workflow.PatternContext;
import java.time.Duration;
import java.util.List;

/**
 * The first build of all is good although the source is large, within a minute of the first activity: the work was not
 * done here. It may have been done on another computer, or in an editor that was open for hours, so it is a reason to ask
 * and no proof. Of a source whose size nobody could look up, nothing is said.
 *
 * @param sourceBytes how large the sources are together, at least
 * @param time from the first activity to the end of the build, at most
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
                .map(build -> new Finding(build.startedAt(), build.endedAt(), 1, true))
                .toList();
    }

    private boolean isSoon(PatternContext context, Attempt build) {
        return Duration.between(context.history().first().orElseThrow(), build.endedAt())
                        .compareTo(time)
                <= 0;
    }
}
