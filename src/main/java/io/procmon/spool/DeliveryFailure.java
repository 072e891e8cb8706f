package io.procmon.spool;

import java.util.Locale;

/** The reason why an attempt to deliver failed. A later attempt may succeed. */
public enum DeliveryFailure {
    /** No connection, or the connection broke before the answer was complete. */
    CONNECTION,
    /** No answer came in time. */
    TIMEOUT,
    /** The backend, or a proxy before it, is overloaded: 408, 425, 429, 502, 503, 504. */
    BUSY,
    /** The backend failed: any other status from 500 on. */
    SERVER_ERROR,
    /** The answer does not come from a backend: a redirection, or a status that HTTP does not define. */
    UNEXPECTED_STATUS,
    /** The token is refused: 401. */
    UNAUTHORIZED;

    /** The value in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
