/**
 * The stream from the kernel's records to the backend's answers. {@link io.procmon.stream.Pipeline} defines it once,
 * with one operator per line. The other types are its parts: the handler chain, demand, and the view of the running
 * programs.
 *
 * <p>The watcher and the class view meet only here: {@link io.procmon.stream.Attempts} creates an attempt from each
 * ended activity and its checks. {@code classroom} receives nothing else. Knows every package except {@code cli}.
 */
package io.procmon.stream;
