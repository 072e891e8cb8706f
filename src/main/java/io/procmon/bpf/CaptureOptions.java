package io.procmon.bpf;

import io.procmon.events.ExecRecord;
import java.util.function.Predicate;

/**
 * The settings of the capture of standard error.
 *
 * @param hostnamePrefix the prefix of student hostnames, at most 16 bytes
 * @param watched whether an image may be one that is captured. Called on the thread of the ring, and only if the hook is
 *     attached on demand
 */
public record CaptureOptions(String hostnamePrefix, Predicate<ExecRecord> watched) {}
