package io.procmon.classroom.postgres;

import io.procmon.config.ConfiguredFile;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import java.net.URI;
import java.nio.file.Files;

/**
 * The address of the database, and the credentials for it.
 *
 * @param uri such as {@code postgresql://localhost:5432/procmon}
 * @param user the name of the role
 * @param password empty if the database requires none
 */
record DatabaseAddress(String uri, String user, String password) {

    private static final String URL = "procmon.database.url";
    private static final String SCHEME = "postgresql";

    /** @throws InvalidConfiguration if the address is invalid, or the file of the password cannot be read */
    static DatabaseAddress of(ProcmonConfig.Database config) {
        URI uri = config.url()
                .orElseThrow(() -> new InvalidConfiguration(
                        URL, "", "must be the address of a database, such as postgresql://localhost:5432/procmon"));
        if (!SCHEME.equals(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new InvalidConfiguration(
                    URL,
                    uri.getHost(),
                    "must be such as postgresql://localhost:5432/procmon, without user and password");
        }
        String password = config.passwordFile()
                .map(file -> ConfiguredFile.read("procmon.database.password-file", file, Files::readString)
                        .strip())
                .orElse("");
        return new DatabaseAddress(uri.toString(), config.user(), password);
    }

    /** The address for JDBC. */
    String jdbc() {
        return "jdbc:" + uri;
    }

    /** The user and the address, without the password. */
    @Override
    public String toString() {
        return user + " at " + uri;
    }
}
