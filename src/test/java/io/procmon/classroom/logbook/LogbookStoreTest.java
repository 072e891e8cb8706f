package io.procmon.classroom.logbook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store passes the tests of every store. */
class LogbookStoreTest extends AttemptStoreContract {

    @TempDir
    Path directory;

    @Override
    protected AttemptStore store() {
        return new Logbook(new LogbookOptions(Optional.of(directory), 1_000, 100_000, 1_000, Duration.ofSeconds(10)));
    }
}
