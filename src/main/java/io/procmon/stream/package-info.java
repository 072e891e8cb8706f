/**
 * The stream from the kernel's records to the backend's answers. {@link io.procmon.stream.Pipeline} spells it once, one operator
 * a line; the other types are its parts: the handler chain, demand, and the view of the programs that run now.
 *
 * <p>The watcher and the class view meet here and nowhere else: {@link io.procmon.stream.Attempts} makes the record of a judged
 * activity, which is all that {@code classroom} gets. Knows every package except {@code cli}.
 */
package io.procmon.stream;
