/**
 * The C library, bound with the Foreign Function and Memory API: each function once, under its C name.
 *
 * <p>Knows no other package. The package {@code bpf} binds libbpf in the same way.
 */
package io.procmon.ffi;
