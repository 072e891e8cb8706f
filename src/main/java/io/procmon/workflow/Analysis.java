package io.procmon.workflow;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How histories are read.
 *
 * @param idle the shortest time without an attempt that ends a session
 * @param patterns what is looked for
 */
public record Analysis(Duration idle, List<Pattern> patterns) {

    /** What there is to say of a student's work on a homework. */
    public Picture of(Work work, Scene scene) {
        SortedMap<String, List<Finding>> found = new TreeMap<>();
        for (Pattern pattern : patterns) {
            List<Finding> findings = pattern.findIn(scene);
            if (!findings.isEmpty()) {
                found.put(pattern.name(), findings);
            }
        }
        return new Picture(
                work,
                scene.history(),
                State.of(scene.history(), scene.required(), scene.now()),
                Figures.of(scene.history(), scene.running(), idle),
                scene.history().sessions(idle),
                scene.history().cycles(),
                found);
    }
}
