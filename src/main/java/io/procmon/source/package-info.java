/**
 * Where kernel records come from: the live kernel, a recorded session, or a live kernel that is recorded.
 *
 * <p>A {@link io.procmon.source.RecordSource} emits no record that nobody requested. Knows {@code bpf} and {@code events}.
 */
package io.procmon.source;
