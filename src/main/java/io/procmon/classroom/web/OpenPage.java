package io.procmon.classroom.web;

import io.procmon.classroom.access.Viewer;
import io.procmon.classroom.overview.ClassQuery;
import io.procmon.classroom.overview.ClassView;
import io.procmon.classroom.overview.LiveView;
import io.procmon.classroom.overview.Overview;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A page of the class while it is open. If nothing has changed, it is not made again. For one thread at a time. */
final class OpenPage {

    /**
     * A page as viewers with the same rights see it.
     *
     * @param course the course; empty for all
     */
    record Question(Optional<String> course, ClassQuery query, Viewer viewer) {}

    /** @param courses the names of all courses of the viewer */
    private record Made(List<String> courses, ClassView view, ClassBody body) {}

    private final Question question;
    private final Overview overview;
    private final LiveView view;
    private Optional<Made> last = Optional.empty();

    OpenPage(Question question, Overview overview) {
        this.question = question;
        this.overview = overview;
        view = new LiveView(question.query());
    }

    /** The page as of now. */
    ClassBody at(Instant now) {
        List<String> courses =
                overview.courses(now).stream().filter(question.viewer()::sees).toList();
        List<String> shown =
                question.course().map(List::of).orElseGet(() -> overview.together(courses, Overview.TOGETHER_MAX));
        ClassView current = view.of(overview.cohorts(shown::contains, now));
        Made made = last.filter(it -> it.view().equals(current) && it.courses().equals(courses))
                .orElseGet(() -> new Made(
                        courses,
                        current,
                        ClassBody.of(
                                current,
                                question.course().orElse(shown.size() < courses.size() ? shown.getFirst() : ""),
                                courses)));
        last = Optional.of(made);
        return made.body();
    }
}
