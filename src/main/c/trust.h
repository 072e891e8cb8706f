/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Loads through pointers that the verifier does not trust.
 *
 * The kernel gives a hook a trusted pointer. Since 6.3, for each pointer that a program loads through a trusted
 * pointer, the verifier searches all types of the kernel by name, up to four times (btf_nested_type_is_trusted in
 * kernel/bpf/verifier.c). These searches took three quarters of the time to load procmon's programs. A load through an
 * untrusted pointer needs no search. It is checked for faults when it runs, and then reads 0. The verifier replaces a
 * call of bpf_rdonly_cast by a move (since 6.2).
 */
#ifndef TRUST_H
#define TRUST_H

#include "kernel.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>

extern void *bpf_rdonly_cast(const void *object, __u32 type) __weak __ksym;

/* The same pointer for loads only. It may be any address. Use it where `bpf_rdonly_cast` is not NULL. */
#define untrusted(pointer) ((typeof(pointer))bpf_rdonly_cast(pointer, bpf_core_type_id_kernel(typeof(*(pointer)))))

/* The same task, without the trust of the verifier where this costs time. */
static __always_inline struct task_struct *for_loads(struct task_struct *task)
{
	return bpf_rdonly_cast ? untrusted(task) : task;
}

#endif
