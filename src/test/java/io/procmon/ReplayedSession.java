package io.procmon;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * The artefact in its default configuration, with a recorded session. A test extends the class to get its own artefact.
 */
public abstract class ReplayedSession implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.test-port", "0",
                "quarkus.management.test-port", "0",
                "procmon.source", "replay");
    }
}
