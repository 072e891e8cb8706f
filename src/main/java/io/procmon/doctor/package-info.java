/**
 * Checks what prevents procmon from watching this machine: before the installation, or when no events arrive. Each
 * examination covers one part of the machine and ends in a {@link io.procmon.doctor.Finding}, whose remedy tells the
 * operator what to do. The last one is a test: it executes a program and waits for the kernel to report it.
 *
 * <p>Knows {@code source}, {@code bpf}, {@code procfs} and the configuration. Examinations read files below a {@link io.procmon.doctor.Machine}, so
 * that tests can supply files of other machines.
 */
package io.procmon.doctor;
