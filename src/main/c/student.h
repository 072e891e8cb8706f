/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#ifndef PROCMON_STUDENT_H
#define PROCMON_STUDENT_H

#include "kernel.h"
#include "procmon.h"

#include <bpf/bpf_helpers.h>

static __always_inline bool has_hostname(struct task_struct *task, const volatile __u64 *prefix,
					 const volatile __u64 *mask)
{
	__u64 head[HOSTNAME_PREFIX_MAX / 8];

	/* A task that ends may have no namespaces. Then the read fails and returns zeroes, which match no prefix. */
	bpf_probe_read_kernel(head, sizeof(head), task->nsproxy->uts_ns->name.nodename);
	return (head[0] & mask[0]) == prefix[0] && (head[1] & mask[1]) == prefix[1];
}

/* Whether the hostname of a task begins with the prefix in the parameters of the program. */
#define is_student(task) has_hostname(task, parameters.hostname_prefix, parameters.hostname_prefix_mask)

#endif
