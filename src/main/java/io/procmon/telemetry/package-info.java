/**
 * OpenTelemetry, in builds that were asked for it ({@code -Popentelemetry}): a span for each activity, and the meters. All
 * others have neither these beans nor the extension, and nothing to start.
 */
package io.procmon.telemetry;
