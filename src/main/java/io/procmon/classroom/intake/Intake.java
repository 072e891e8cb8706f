package io.procmon.classroom.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.classroom.intake.IntakeListener.Result;
import io.procmon.classroom.logbook.Admission;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.config.Role;
import io.procmon.web.ActivityReceiver;
import io.procmon.web.InvalidActivity;
import io.quarkus.logging.Log;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Enters the reports of nodes into the class register. Thread-safe. */
@Singleton
public class Intake implements ActivityReceiver {

    private final ClassRegister register;
    private final boolean classService;
    private final NodeClocks clocks = new NodeClocks();
    private volatile Optional<IntakeListener> listener = Optional.empty();

    @Inject
    public Intake(ClassRegister register, Role role) {
        this.register = register;
        classService = role.isClassService();
    }

    /**
     * Opens the register and begins to accept activities.
     *
     * @param prepare runs between the two
     */
    public void open(IntakeListener counts, Runnable prepare) {
        register.open(Map::of);
        prepare.run();
        listener = Optional.of(counts);
    }

    /** Stops accepting activities and closes the register. */
    public void close() {
        listener = Optional.empty();
        register.close();
    }

    /** Whether activities are accepted now. */
    public boolean isTaking() {
        return listener.isPresent();
    }

    @Override
    public boolean isOpen() {
        return classService;
    }

    @Override
    public void receive(List<ObjectNode> events) {
        IntakeListener counts = counts();
        List<Received> activities = new ArrayList<>();
        for (ObjectNode event : events) {
            if (EventReader.isPattern(event)) {
                counts.taken(Result.IGNORED);
            } else {
                try {
                    activities.add(EventReader.read(event));
                } catch (InvalidActivity e) {
                    counts.taken(Result.REFUSED);
                    throw e;
                }
            }
        }
        enter(activities, counts);
    }

    /**
     * Stores the valid events, and returns after they are stored. It counts the others, and logs one of them: their
     * sender cannot hear of it.
     *
     * @throws IllegalStateException if the store is not available; the sender must send the same events again
     */
    public void receiveValid(List<ObjectNode> events) {
        IntakeListener counts = counts();
        List<Received> activities = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int ignored = 0;
        for (ObjectNode event : events) {
            if (EventReader.isPattern(event)) {
                ignored++;
            } else {
                try {
                    activities.add(EventReader.read(event));
                } catch (InvalidActivity e) {
                    refused.add(e.getMessage());
                }
            }
        }
        enter(activities, counts);
        for (int i = 0; i < ignored; i++) {
            counts.taken(Result.IGNORED);
        }
        refused.forEach(_ -> counts.taken(Result.REFUSED));
        if (!refused.isEmpty()) {
            Log.warnf("%d events do not follow the contract: %s", refused.size(), refused.getFirst());
        }
    }

    private IntakeListener counts() {
        return listener.orElseThrow(() -> new IllegalStateException("the class service starts or stops: try again"));
    }

    private void enter(List<Received> activities, IntakeListener counts) {
        Instant now = Instant.now();
        for (Received activity : activities) {
            clocks.look(activity.node(), activity.attempt().endedAt(), now);
            Admission admission = register.enter(activity.work(), activity.attempt());
            counts.taken(result(admission));
            if (admission == Admission.ADDED) {
                counts.entered(activity.work(), activity.attempt());
            }
        }
        register.keep();
    }

    private static Result result(Admission admission) {
        return switch (admission) {
            case ADDED -> Result.ENTERED;
            case REPEATED -> Result.REPEATED;
            case OPTED_OUT -> Result.OPTED_OUT;
            case DELETED -> Result.DELETED;
        };
    }
}
