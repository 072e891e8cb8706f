package io.procmon.classroom.overview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A view of the class while its page is open. It reads from the cohorts what has changed since the last time, and puts
 * only that in its place. For one thread at a time.
 */
public final class LiveView {

    /** The number of students in a list. A teacher cannot be with more. */
    private static final int LIST_MAX = 100;

    private final ClassQuery query;
    private final Ranking selected;
    private final Ranking help;
    private final Ranking helped;
    private final List<Ranking> rankings;
    private final Map<Cohort, Cohort.Seen> seen = new HashMap<>();
    private List<Cohort> shown = List.of();
    private Optional<ClassView> last = Optional.empty();

    public LiveView(ClassQuery query) {
        this.query = query;
        selected = new Ranking(query::selects, query.comparator());
        help = new Ranking(entry -> entry.calls() && query.selects(entry), Comparator.comparing(Entry::since));
        helped = new Ranking(
                entry -> entry.isHelped() && query.selects(entry),
                Comparator.comparing(entry -> entry.row().helped().orElseThrow().at()));
        rankings = List.of(selected, help, helped);
    }

    /**
     * The view of some courses.
     *
     * @param cohorts the courses in order, up to date
     * @return the object of the last time if nothing has changed
     */
    public ClassView of(List<Cohort> cohorts) {
        boolean isChanged = last.isEmpty() || !cohorts.equals(shown);
        shown.stream().filter(cohort -> !cohorts.contains(cohort)).forEach(this::remove);
        shown = List.copyOf(cohorts);
        for (Cohort cohort : cohorts) {
            Optional<Cohort.Changes> changes = cohort.since(Optional.ofNullable(seen.get(cohort)), query);
            changes.ifPresent(it -> update(cohort, it));
            isChanged |= changes.isPresent();
        }
        if (isChanged) {
            last = Optional.of(view());
        }
        return last.orElseThrow();
    }

    private void remove(Cohort cohort) {
        seen.remove(cohort);
        rankings.forEach(ranking -> ranking.removeCourse(cohort.course()));
    }

    private void update(Cohort cohort, Cohort.Changes changes) {
        changes.whole().ifPresent(entries -> {
            remove(cohort);
            rankings.forEach(ranking -> ranking.addAll(entries));
        });
        for (Cohort.Change change : changes.parts()) {
            rankings.forEach(ranking -> ranking.replace(change.before(), change.now()));
        }
        seen.put(cohort, changes.seen());
    }

    private ClassView view() {
        List<Funnel> funnels = new ArrayList<>();
        List<CommonError> errors = new ArrayList<>();
        SortedSet<String> sections = new TreeSet<>();
        SortedSet<String> homeworks = new TreeSet<>();
        for (Cohort cohort : shown) {
            Cohort.Figures figures = seen.get(cohort).figures();
            funnels.addAll(figures.funnels());
            errors.addAll(figures.errors());
            sections.addAll(figures.sections());
            homeworks.addAll(figures.homeworks());
        }
        return new ClassView(
                selected.size(),
                selected.from((long) query.page() * query.size(), query.size()),
                help.from(0, LIST_MAX),
                helped.from(0, LIST_MAX),
                funnels,
                errors,
                List.copyOf(sections),
                List.copyOf(homeworks));
    }
}
