package io.procmon.stream;

import io.procmon.classroom.course.Courses;
import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.events.ImageKey;
import io.procmon.join.TextKeeper;
import io.procmon.source.RecordSource;

/** Decides which texts of a source are kept. A source without capture has no texts. */
final class CapturedTexts implements TextKeeper.Gate {

    private final RecordSource source;

    private CapturedTexts(RecordSource source) {
        this.source = source;
    }

    /**
     * Creates the stage for a source.
     *
     * @param courses may forbid to keep texts of their students
     */
    static TextKeeper of(RecordSource source, Courses courses) {
        return new TextKeeper(
                started -> courses.diagnostics(started.origin().student()) != DiagnosticsLevel.OFF,
                new CapturedTexts(source));
    }

    @Override
    public void permit(ImageKey image) {
        source.permitText(image);
    }

    @Override
    public void release(ImageKey image) {
        source.releaseText(image);
    }
}
