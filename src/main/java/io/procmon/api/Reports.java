package io.procmon.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.procmon.events.Activity;
import io.procmon.events.Attributed;
import io.procmon.events.Report;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Makes of an activity what is kept and told of it. */
@ApplicationScoped
public class Reports {

    private final ObjectWriter writer;

    @Inject
    public Reports(ObjectMapper json) {
        writer = json.writerFor(ActivityBody.class);
    }

    /** The report of an activity. */
    public Report of(Activity activity) {
        Attributed origin = activity.started().origin();
        ActivityBody body = ActivityBody.of(activity);
        return new Report(
                body.eventId(),
                activity.kind(),
                origin.type().label(),
                origin.student(),
                activity.started().homework(),
                body.timestamp(),
                json(body));
    }

    private String json(ActivityBody body) {
        try {
            return writer.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an activity can always be written as JSON", e);
        }
    }
}
