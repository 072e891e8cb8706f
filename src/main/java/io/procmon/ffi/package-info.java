/**
 * The C library, bound with the Foreign Function and Memory API: each function once, under its C name.
 *
 * <p>A leaf. libbpf is bound in {@code bpf}, by the same means.
 */
package io.procmon.ffi;
