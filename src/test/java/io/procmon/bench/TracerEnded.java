package io.procmon.bench;

import java.io.IOException;
import java.io.Serial;

/** A tracer does not run on this machine; the message is the tracer's output. */
final class TracerEnded extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    TracerEnded(String message) {
        super(message);
    }
}
