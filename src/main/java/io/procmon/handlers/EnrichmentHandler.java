package io.procmon.handlers;

import io.procmon.events.Attributed;
import io.procmon.events.Classified;
import io.procmon.events.Node;
import io.procmon.process.Student;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Second in the chain: which container, on which node.
 *
 * <p>A container belongs to the student under whose hostname it was first seen, which is the one that the runtime gave
 * it. A process in it that goes under another student's name has changed its hostname, and is let go: it must not count
 * for somebody else. Not thread-safe.
 */
public final class EnrichmentHandler implements Function<Classified, Outcome<Attributed>> {

    /** More than any node runs at a time; the one that was idle longest is forgotten first. */
    private static final int CONTAINERS_MAX = 4096;

    private final Node node;
    private final Map<String, Student> owners = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Student> eldest) {
            return size() > CONTAINERS_MAX;
        }
    };

    public EnrichmentHandler(Node node) {
        this.node = node;
    }

    @Override
    public Outcome<Attributed> apply(Classified classified) {
        Optional<String> container = classified.exec().cgroup().containerId();
        Student student = classified.student();
        if (container.isPresent()) {
            Student owner = owners.computeIfAbsent(container.get(), first -> student);
            if (!owner.equals(student)) {
                return Outcome.stop(Reason.HOSTNAME_CHANGED);
            }
        }
        return Outcome.proceed(new Attributed(classified.exec(), student, classified.type(), container, node));
    }
}
