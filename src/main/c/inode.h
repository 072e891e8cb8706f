/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The fields of an inode whose names differ between kernels.
 */
#ifndef INODE_H
#define INODE_H

#include "kernel.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>

static __always_inline __u64 mtime_ns(struct inode *inode)
{
	if (bpf_core_field_exists(inode->i_mtime_sec))
		return BPF_CORE_READ(inode, i_mtime_sec) * 1000000000ULL + BPF_CORE_READ(inode, i_mtime_nsec);

	struct inode___v6_7 *v6_7 = (void *)inode;
	if (bpf_core_field_exists(v6_7->__i_mtime))
		return BPF_CORE_READ(v6_7, __i_mtime.tv_sec) * 1000000000ULL + BPF_CORE_READ(v6_7, __i_mtime.tv_nsec);

	struct inode___v5_15 *v5_15 = (void *)inode;
	return BPF_CORE_READ(v5_15, i_mtime.tv_sec) * 1000000000ULL + BPF_CORE_READ(v5_15, i_mtime.tv_nsec);
}

#endif
