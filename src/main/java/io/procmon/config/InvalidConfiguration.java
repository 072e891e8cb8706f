package io.procmon.config;

/** A value that the service cannot start with. The message names the key, the value, and what is allowed. */
public final class InvalidConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Refuses a value.
     *
     * @param key such as {@code procmon.hostname.pattern}
     * @param value what it is now
     * @param problem what is wrong with it, and what is allowed
     */
    public InvalidConfiguration(String key, Object value, String problem) {
        this("%s is '%s': %s".formatted(key, value, problem));
    }

    /** Refuses keys that do not fit together; the message names them. */
    public InvalidConfiguration(String message) {
        super(message);
    }
}
