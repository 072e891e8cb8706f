/**
 * The backend: by HTTP or by Kafka, the dialects that it may speak, and the receiver that stands in for it on a laptop.
 *
 * <p>Knows {@code events} and {@code config}. Whatever happens to a delivery is a {@link io.procmon.api.Receipt}, never a
 * failure: nothing that a backend does can end the stream. JSON, HTTP and Kafka are known nowhere else.
 */
package io.procmon.api;
