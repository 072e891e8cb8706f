/**
 * What keeps procmon from watching on this machine, asked before it is installed and when nothing arrives. Each
 * examination reads one corner of the machine and ends in a {@link io.procmon.doctor.Finding}, whose remedy is what the
 * operator has to do. The last one does not ask but tries: it executes a program and has the kernel report it.
 *
 * <p>Knows {@code bpf} and the configuration. Examinations read files below a {@link io.procmon.doctor.Machine}, so
 * that tests can show them machines that are not at hand.
 */
package io.procmon.doctor;
