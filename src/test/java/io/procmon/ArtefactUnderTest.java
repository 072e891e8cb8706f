package io.procmon;

import java.nio.file.Path;
import java.util.Optional;

/** What the build made and the tests start: a jar, or a native executable. */
public final class ArtefactUnderTest {

    private ArtefactUnderTest() {}

    /** Where it is, as the build says in the system property {@code procmon.artifact}. */
    public static Path path() {
        return Path.of(Optional.ofNullable(System.getProperty("procmon.artifact"))
                        .orElseThrow(
                                () -> new AssertionError("the system property procmon.artifact names the artefact")))
                .toAbsolutePath();
    }
}
