package io.procmon.telemetry;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.procmon.events.Activity;
import io.procmon.events.Started;
import io.procmon.handlers.ActivityHandler;
import io.procmon.handlers.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Creates a span for each activity, from its exec to its exit by the kernel's clock. The span holds the command and its
 * result, but not the student: readers of traces are seldom allowed to see students.
 */
@ApplicationScoped
public class ActivitySpans implements ActivityHandler {

    static final AttributeKey<String> EVENT_ID = stringKey("procmon.event_id");
    static final AttributeKey<String> KIND = stringKey("procmon.kind");
    static final AttributeKey<String> CLASS_DIV = stringKey("procmon.class_div");
    static final AttributeKey<String> HOMEWORK = stringKey("procmon.homework");

    /** From OpenTelemetry's semantic conventions for processes. */
    static final AttributeKey<Long> EXIT_CODE = longKey("process.exit.code");

    private final Tracer tracer;

    @Inject
    public ActivitySpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public Outcome<Activity> handle(Activity activity) {
        Started started = activity.started();
        Span span = tracer.spanBuilder(started.origin().type().label())
                .setNoParent()
                .setStartTimestamp(started.origin().exec().at().utc())
                .setAttribute(EVENT_ID, activity.eventId().toString())
                .setAttribute(KIND, activity.kind())
                .setAttribute(CLASS_DIV, started.origin().student().classDiv())
                .setAttribute(HOMEWORK, started.homework())
                .setAttribute(EXIT_CODE, (long) activity.end().status().exitCode())
                .startSpan();
        if (activity.end().status().exitCode() != 0) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(activity.end().at().utc());
        return Outcome.proceed(activity);
    }
}
