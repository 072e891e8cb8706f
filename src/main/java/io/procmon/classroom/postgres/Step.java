package io.procmon.classroom.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import org.flywaydb.core.api.resource.LoadableResource;

/** A file that changes the schema, as a resource for Flyway. */
final class Step extends LoadableResource {

    private static final String DIRECTORY = "/db/migration/";

    private final String name;

    Step(String name) {
        this.name = name;
    }

    @Override
    public Reader read() {
        InputStream file = Step.class.getResourceAsStream(DIRECTORY + name);
        if (file == null) {
            throw new IllegalStateException("the artefact lacks " + DIRECTORY + name);
        }
        return new InputStreamReader(file, UTF_8);
    }

    @Override
    public String getAbsolutePath() {
        return DIRECTORY + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
        return DIRECTORY + name;
    }

    @Override
    public String getFilename() {
        return name;
    }

    @Override
    public String getRelativePath() {
        return name;
    }
}
