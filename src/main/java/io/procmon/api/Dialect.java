package io.procmon.api;

import io.procmon.events.Activity;

/** How a backend wants to be told. Implementations are beans; {@code procmon.api.dialect} chooses one by its name. */
public interface Dialect {

    /** The name that the configuration uses. */
    String name();

    /** Where an activity is posted: a path with its parts percent-encoded, starting with a slash. */
    String path(Activity activity);

    /** What is posted, as an object that Jackson writes as JSON. */
    Object body(Activity activity);
}
