package io.procmon.classroom.logbook;

import java.io.Serial;

/** The store of attempts cannot be read or written now. A retry may succeed. */
public final class StoreUnavailable extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1;

    /** @param reason a sentence for the operator of a node */
    public StoreUnavailable(String reason) {
        super(reason);
    }

    /** @param reason a sentence for the operator of a node */
    public StoreUnavailable(String reason, Throwable cause) {
        super(reason, cause);
    }
}
