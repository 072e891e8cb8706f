package io.procmon.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Drops the spans that Quarkus creates for requests to the backend, because their addresses name the student. */
@ApplicationScoped
public class ActivitiesOnly implements Sampler {

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        return attributes.get(ActivitySpans.EVENT_ID) == null
                ? SamplingResult.drop()
                : SamplingResult.recordAndSample();
    }

    @Override
    public String getDescription() {
        return "ActivitiesOnly";
    }
}
