package io.procmon;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The artefact as a laptop runs it, with a recorded session. A test extends it, so that it has an artefact of its own. */
public abstract class ReplayedSession implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.test-port", "0",
                "quarkus.management.test-port", "0",
                "procmon.source", "replay");
    }
}
