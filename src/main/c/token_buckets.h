/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The limit on the programs that one container may start: so one container cannot fill the ring for all. procmon.bpf.c
 * defines the parameters and the map `buckets`, and includes this file after them.
 */
#ifndef TOKEN_BUCKETS_H
#define TOKEN_BUCKETS_H

#include "kernel.h"
#include "procmon.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>

static __always_inline struct bucket_set *bucket_set_of(__u64 cgroup_id)
{
	__u32 index = cgroup_id * 2654435761u >> 16 & (BUCKET_SETS - 1); /* Knuth: multiplicative hashing */

	return bpf_map_lookup_elem(&buckets, &index);
}

/* Returns whether user space has found that a control group is a student's container. */
static __always_inline bool is_container(__u64 cgroup_id)
{
	struct bucket_set *set = bucket_set_of(cgroup_id);

	for (int i = 0; set && i < BUCKETS_PER_SET; i++) {
		if (set->buckets[i].cgroup_id == cgroup_id)
			return set->buckets[i].container == cgroup_id;
	}
	return false;
}

/* Returns the bucket of a container. A new container takes the bucket of its set that was full first. */
static __always_inline struct bucket *bucket_of(__u64 cgroup_id)
{
	struct bucket_set *set = bucket_set_of(cgroup_id);
	struct bucket *idlest = NULL;

	for (int i = 0; set && i < BUCKETS_PER_SET; i++) {
		struct bucket *bucket = &set->buckets[i];

		if (bucket->cgroup_id == cgroup_id)
			return bucket;
		if (!idlest || bucket->full_at_ns < idlest->full_at_ns)
			idlest = bucket;
	}
	if (idlest) {
		idlest->cgroup_id = cgroup_id;
		idlest->full_at_ns = 0;
		idlest->skipped = 0;
		idlest->container = 0;
	}
	return idlest;
}

/*
 * Takes the tokens for one image from its container. An image costs one token, and one more token for each KiB of its
 * arguments: a large record uses the space and the time of many small ones. Returns false if the container has too few
 * tokens.
 */
static __always_inline bool take_tokens(struct kernfs_node *control_group, __u64 now, __u64 size)
{
	__u64 price = parameters.exec_interval_ns;
	struct bucket *bucket = bucket_of(control_group->id);

	if (!price || !bucket)
		return true;
	price *= 1 + (size < ARGV_WHOLE_MAX ? size : ARGV_WHOLE_MAX) / 1024;
	__u64 full_at = bucket->full_at_ns;
	if (full_at < now)
		__sync_val_compare_and_swap(&bucket->full_at_ns, full_at, now);
	full_at = __sync_fetch_and_add(&bucket->full_at_ns, price);
	if (full_at + price <= now + parameters.exec_burst_ns)
		return true;
	__sync_fetch_and_add(&bucket->full_at_ns, -price);
	__sync_fetch_and_add(&bucket->skipped, 1);
	return false;
}

#endif
