package io.procmon.classroom.overview;

import io.procmon.classroom.overview.Cohort.Norm;
import io.procmon.classroom.workflow.Step;
import io.procmon.classroom.workflow.Work;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The figures of a course at a homework, kept up to date. They exclude students who have opted out. */
final class HomeworkFigures {

    private final SortedMap<String, SectionTally> sections = new TreeMap<>();
    private final RepairTimes repairs = new RepairTimes();

    /** The works whose builds fail now: they are compared with the times of the others. */
    private final Set<Work> failing = new HashSet<>();

    /**
     * Enters the repair times of a row.
     *
     * @param before the row until now
     * @return whether times have changed that other students are compared with
     */
    boolean compare(Optional<Row> before, Row row) {
        if (row.isOptedOut() || row.repairs().open().isEmpty()) {
            failing.remove(row.work());
        } else {
            failing.add(row.work());
        }
        if (before.filter(it -> it.isOptedOut() == row.isOptedOut()
                        && it.repairs().longest().equals(row.repairs().longest()))
                .isPresent()) {
            return false;
        }
        before.filter(it -> !it.isOptedOut()).map(Row::repairs).ifPresent(repairs::remove);
        if (!row.isOptedOut()) {
            repairs.add(row.repairs());
        }
        return true;
    }

    /** Counts an entry in place of the one until now. */
    void count(Optional<Entry> before, Entry now) {
        String section = now.row().work().student().section();
        SectionTally tally = sections.computeIfAbsent(section, _ -> new SectionTally());
        before.ifPresent(tally::remove);
        tally.add(now);
        if (tally.students() == 0) {
            sections.remove(section);
        }
    }

    /**
     * The percentile of the repair times of the other students that a student is compared with.
     *
     * @param row it was entered before
     * @param share the percentile, in percent
     * @return empty if nothing fails, or if no other student has repaired a build at this step
     */
    Optional<Norm> norm(Row row, int share) {
        return failing.contains(row.work()) ? repairs.norm(row.repairs(), share) : Optional.empty();
    }

    /** The works that are compared. */
    Set<Work> failing() {
        return Set.copyOf(failing);
    }

    /** Whether a student has begun. */
    boolean isBegun() {
        return !sections.isEmpty();
    }

    /** The steps of the homework, in order, as the first section has them. */
    List<Step> steps() {
        return List.copyOf(sections.firstEntry().getValue().reached().keySet());
    }

    /** The selected sections whose students have begun, in order. */
    List<SectionTally> tallies(ClassQuery query) {
        return sections.entrySet().stream()
                .filter(section -> query.isOfSection(section.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
