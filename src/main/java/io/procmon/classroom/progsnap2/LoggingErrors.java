package io.procmon.classroom.progsnap2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gaps of a log in the columns of the format. The column LoggingErrorID marks an event if a gap overlaps the time
 * between the previous event of the same subject and this one: events of this subject may be missing there. A link
 * table describes each id.
 */
final class LoggingErrors {

    private final List<LogGap> gaps;
    private final Map<List<LogGap>, String> ids = new LinkedHashMap<>();

    LoggingErrors(List<LogGap> gaps) {
        this.gaps = gaps.stream().sorted(Comparator.comparing(LogGap::to)).toList();
    }

    /**
     * The id for an event; empty if no event can be missing.
     *
     * @param before the time of the previous event of the same subject
     */
    String id(Instant before, Instant event) {
        List<LogGap> missing = new ArrayList<>();
        for (int i = firstAfter(before); i < gaps.size(); i++) {
            if (gaps.get(i).from().isBefore(event)) {
                missing.add(gaps.get(i));
            }
        }
        return missing.isEmpty() ? "" : ids.computeIfAbsent(missing, _ -> "gap-" + (ids.size() + 1));
    }

    private int firstAfter(Instant moment) {
        int low = 0;
        int high = gaps.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (gaps.get(middle).to().isAfter(moment)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** All gaps, including those that affect no event. */
    List<LogGap> gaps() {
        return gaps;
    }

    /** The ids that are in use, by their gaps. */
    Map<List<LogGap>, String> ids() {
        return ids;
    }
}
