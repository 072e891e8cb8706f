/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The table of watched processes. procmon.bpf.c defines the parameters and the maps `groups` and `processes`, and
 * includes this file after them.
 */
#ifndef PROCESS_TABLE_H
#define PROCESS_TABLE_H

#include "kernel.h"
#include "procmon.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>

static __always_inline __u32 group_of(__u32 tgid)
{
	return tgid / GROUP_SIZE & parameters.group_mask;
}

/* Returns the process at a place of its group; NULL for the place -1. */
static __always_inline struct process *process_at(__u32 tgid, int place)
{
	__u32 index = group_of(tgid);
	struct places *places = bpf_map_lookup_elem(&processes, &index);

	if (!places || place < 0)
		return NULL;
	barrier_var(
		place); /* without it the compiler computes the address before the check, which the verifier rejects */
	return &places->processes[place & (GROUP_SIZE - 1)];
}

/*
 * Returns the place of a process in its group; -1 if the process is not watched. The process id alone does not identify
 * the process: a parked entry can wait for user space while the kernel uses the id again.
 *
 * This function and claim_place are global functions. The verifier checks a global function once, and checks its caller
 * for one result instead of one for each place.
 */
__noinline int find_place(__u32 tgid, __u64 start_ns)
{
	__u32 index = group_of(tgid);
	struct group *group = bpf_map_lookup_elem(&groups, &index);

	for (int place = 0; group && place < GROUP_SIZE; place++) {
		if (group->tgids[place] != tgid)
			continue;
		struct process *process = process_at(tgid, place);
		if (process && process->end.image.start_ns == start_ns)
			return place;
	}
	return -1;
}

/*
 * Takes a free place of the group for a process, if more than `spare` places are free. Returns the place; -1 if there
 * are too few.
 */
__noinline int claim_place(__u32 tgid, __u32 spare)
{
	__u32 index = group_of(tgid);
	struct group *group = bpf_map_lookup_elem(&groups, &index);
	__u32 free = 0;

	for (int place = 0; group && place < GROUP_SIZE; place++)
		free += group->tgids[place] == 0;
	if (free <= spare)
		return -1;
	for (int place = 0; group && place < GROUP_SIZE; place++) {
		if (group->tgids[place] == 0 && __sync_val_compare_and_swap(&group->tgids[place], 0, tgid) == 0)
			return place;
	}
	return -1;
}

static __always_inline void free_place(__u32 tgid, int place)
{
	__u32 index = group_of(tgid);
	struct group *group = bpf_map_lookup_elem(&groups, &index);

	if (group)
		__sync_lock_test_and_set(&group->tgids[place & (GROUP_SIZE - 1)], 0);
}

#endif
