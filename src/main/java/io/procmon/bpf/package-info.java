/**
 * The kernel: loads and attaches the program of {@code src/main/c}, and turns what it sends into records of the stream.
 *
 * <p>Knows {@code events}, {@code process} and what a parser may ask of files, and nothing of what becomes of a record. All
 * native memory is here, that of the kernel's on one thread, {@code ring-buffer}; no {@code MemorySegment} leaves the package.
 *
 * <p>The ring is mapped and read in place instead of through libbpf's callback: that gives exact demand, needs no upcall
 * (which a native image may not have on every processor), and works with every libbpf from 1.0. What costs is not the
 * reading but the wake-up, some 30 µs of the traced process each: so the reader says when it wants one.
 */
package io.procmon.bpf;
