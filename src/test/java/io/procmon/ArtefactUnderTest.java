package io.procmon;

import java.nio.file.Path;
import java.util.Optional;

/** The artefact that the build made and that the tests start: a jar or a native executable. */
public final class ArtefactUnderTest {

    private ArtefactUnderTest() {}

    /** The path from the system property {@code procmon.artifact}, which the build sets. */
    public static Path path() {
        return Path.of(Optional.ofNullable(System.getProperty("procmon.artifact"))
                        .orElseThrow(
                                () -> new AssertionError("the system property procmon.artifact names the artefact")))
                .toAbsolutePath();
    }
}
