/**
 * OpenTelemetry, in builds with {@code -Popentelemetry}: a span for each activity, and the meters. Other builds contain
 * neither these beans nor the extension.
 */
package io.procmon.telemetry;
