package io.procmon.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** Where a service leaves what commands without a service work on. */
final class SpoolDirectory {

    private SpoolDirectory() {}

    /**
     * The directory that a command was given, or else the configured one.
     *
     * @param given null if none was
     */
    static Optional<Path> of(Path given) {
        return Optional.ofNullable(given)
                .or(() -> ConfigProvider.getConfig().getOptionalValue("procmon.spool.dir", Path.class));
    }
}
