/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#ifndef PROCMON_STUDENT_H
#define PROCMON_STUDENT_H

#include "kernel.h"
#include "procmon.h"

/*
 * Loads the words directly: a call of bpf_probe_read_kernel takes 90 instructions, and each write of a foreign process
 * to standard error would pay for it. A task that ends may have no namespaces. Then each load returns 0, which matches
 * no prefix.
 */
static __always_inline bool has_hostname(struct task_struct *task, const volatile __u64 *prefix,
					 const volatile __u64 *mask)
{
	const __u64 *head = (const __u64 *)task->nsproxy->uts_ns->name.nodename;

	return (head[0] & mask[0]) == prefix[0] && (head[1] & mask[1]) == prefix[1];
}

/* Whether the hostname of a task begins with the prefix in the parameters of the program. */
#define is_student(task) has_hostname(task, parameters.hostname_prefix, parameters.hostname_prefix_mask)

#endif
