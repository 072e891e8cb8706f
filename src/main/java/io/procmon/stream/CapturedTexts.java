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
     * A stage of the stream of a source.
     *
     * @param courses can forbid that texts of their students are kept
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
