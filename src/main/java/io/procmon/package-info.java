/**
 * The service, from the kernel to the backend. {@link io.procmon.Pipeline} is the stream, spelled once; {@link
 * io.procmon.Procmon} is the service's life around it; the rest builds them from the configuration and explains to the
 * operator why they could not start.
 *
 * <pre>{@code
 * bpf ------> Pipeline -----------------------------------------> api ------> backend
 *  records    handlers (process, homework, parser), then join      receipts
 *             metrics counts what comes in and what goes out
 *             logbook keeps what workflow analyses and web shows
 * }</pre>
 *
 * <p>It knows every package, and no package knows it. The kernel tells us what a student's process did; plain functions
 * decide what that means; then we tell the backend, or count, by name, why we did not.
 */
package io.procmon;
