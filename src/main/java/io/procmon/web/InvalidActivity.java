package io.procmon.web;

import java.io.Serial;

/** An event that does not follow the contract. The message is a sentence for the node's operator. */
public final class InvalidActivity extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /** @param reason must not contain names of students */
    public InvalidActivity(String reason) {
        super(reason);
    }
}
