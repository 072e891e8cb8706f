package io.procmon.bench;

import java.io.IOException;

/** A tool that reports execs. */
interface Tracer {

    /** The name that users know. */
    String name();

    /** Starts it. The caller waits until it reports events. */
    Running start() throws IOException;
}
