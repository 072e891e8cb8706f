package io.procmon.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** Finds the directory of the service's files, for commands that work without a service. */
final class SpoolDirectory {

    private SpoolDirectory() {}

    /**
     * The directory from the command line, or else the configured one.
     *
     * @param given null without the option
     */
    static Optional<Path> of(Path given) {
        return Optional.ofNullable(given)
                .or(() -> ConfigProvider.getConfig().getOptionalValue("procmon.spool.dir", Path.class));
    }
}
