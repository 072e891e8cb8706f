/**
 * The sources of kernel records: the live kernel, a recorded session, or a live kernel that is recorded.
 *
 * <p>A {@link io.procmon.source.RecordSource} emits only requested records. Knows {@code bpf}, {@code events} and {@code process}.
 */
package io.procmon.source;
