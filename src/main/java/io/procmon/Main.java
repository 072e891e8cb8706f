package io.procmon;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The artefact's entry. */
@QuarkusMain
public final class Main {

    private Main() {}

    /** Watches until it is told to stop. */
    public static void main(String... args) {
        Quarkus.run(Procmon.class, args);
    }
}
