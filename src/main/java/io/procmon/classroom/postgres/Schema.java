package io.procmon.classroom.postgres;

import java.util.Collection;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/** Migrates the tables of an earlier version: {@code db/migration} has a file for each step. */
final class Schema {

    /** The steps in their order. A released step never changes. */
    private static final List<String> STEPS = List.of(
            "V1__attempts.sql",
            "V2__interventions.sql",
            "V3__months.sql",
            "V4__choices.sql",
            "V5__looks.sql",
            "V6__revocations.sql");

    /** The number of tries to connect. A database that starts together with the class service needs some seconds. */
    private static final int TRIES = 60;

    private static final int SECONDS_BETWEEN_TRIES = 5;

    private Schema() {}

    /** Migrates the schema. Instances that start at the same time wait for each other. */
    static void migrate(DatabaseAddress address) {
        migrate(address, MigrationVersion.LATEST);
    }

    /** Brings the schema to the version of a step. */
    static void migrate(DatabaseAddress address, MigrationVersion version) {
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(address.jdbc(), address.user(), address.password())
                .resourceProvider(new Steps())
                .javaMigrationClassProvider(List::of)
                .target(version)
                .connectRetries(TRIES)
                .connectRetriesInterval(SECONDS_BETWEEN_TRIES)
                .load()
                .migrate();
    }

    /**
     * Provides the files by name, because Flyway does not find them in the class loader of a packaged Quarkus
     * application.
     */
    private static final class Steps implements ResourceProvider {

        @Override
        public LoadableResource getResource(String name) {
            return STEPS.contains(name) ? new Step(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return STEPS.stream()
                    .filter(name -> name.startsWith(prefix)
                            && List.of(suffixes).stream().anyMatch(name::endsWith))
                    .<LoadableResource>map(Step::new)
                    .toList();
        }
    }
}
