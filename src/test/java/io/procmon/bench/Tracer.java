package io.procmon.bench;

import java.io.IOException;

/** A way to hear of execs. */
interface Tracer {

    /** As users call it. */
    String name();

    /** Starts it; what it sees afterwards is up to the caller to find out. */
    Running start() throws IOException;
}
