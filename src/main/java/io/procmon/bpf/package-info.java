/**
 * The kernel program: loads and attaches the program of {@code src/main/c}, and decodes its records for the stream.
 *
 * <p>Knows {@code events}, {@code process}, {@code procfs} and {@code ffi}. It does not know the
 * consumers of records. All native memory is here; no {@code MemorySegment} leaves the package. One thread,
 * {@code ring-buffer}, accesses the memory that is shared with the kernel.
 *
 * <p>The reader maps the ring and reads it in place, without libbpf's callback. So the reader can read exactly as many
 * records as subscribers request. It needs no upcall, which native images do not support on every processor. It works
 * with every libbpf from 1.0. A wake-up is more expensive than a read: it takes about 30 µs of the traced process.
 * Therefore the reader asks for each wake-up.
 *
 * <p>The capture of standard error is a second object of programs, with its own memory: {@code TextCapture}.
 * {@code CrashCapture} is a third one, for the places where signals end programs. The rest of the package works the
 * same without them.
 *
 * <p>All resources of a watch are acquired through one {@code ClosingStack}. Mapped memory that changes while it is
 * read is accessed by buffers and fences, because a {@code VarHandle} of a class that is initialised at run time is
 * slow in a native executable. Counters are read on request, by any thread.
 */
package io.procmon.bpf;
