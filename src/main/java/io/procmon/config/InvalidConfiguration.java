package io.procmon.config;

/** A value that prevents the start of the service. The message names the key, the value, and the permitted values. */
public final class InvalidConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Rejects a value.
     *
     * @param key such as {@code procmon.hostname.pattern}
     * @param value the current value
     * @param problem what is wrong with the value, and what is permitted
     */
    public InvalidConfiguration(String key, Object value, String problem) {
        this("%s is '%s': %s".formatted(key, value, problem));
    }

    /** Rejects keys that contradict each other; the message names them. */
    public InvalidConfiguration(String message) {
        super(message);
    }
}
