package io.procmon.classroom.progsnap2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gaps of a log, as the format tells of them: the column LoggingErrorID marks an event if a gap reaches into the time
 * from the event before it of the same subject. There events of this subject may be missing. A link table says what each id
 * stands for.
 */
final class LoggingErrors {

    private final List<LogGap> gaps;
    private final Map<List<LogGap>, String> ids = new LinkedHashMap<>();

    LoggingErrors(List<LogGap> gaps) {
        this.gaps = gaps.stream().sorted(Comparator.comparing(LogGap::to)).toList();
    }

    /**
     * The id for an event; empty if nothing can be missing.
     *
     * @param before the event of the same subject before it
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

    /** All gaps, also those that concern no event. */
    List<LogGap> gaps() {
        return gaps;
    }

    /** The ids that were given, each with its gaps. */
    Map<List<LogGap>, String> ids() {
        return ids;
    }
}
