/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Limits the programs that one container may start, so that one container cannot fill the ring for all. procmon.bpf.c
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

/*
 * Returns whether user space has found that a control group is a student's container: 1 or 0.
 *
 * The functions of this file that search a set are global functions, as in process_table.h: the verifier checks each
 * once, and its caller for one result instead of one for each bucket.
 */
__noinline int is_container(__u64 cgroup_id)
{
	struct bucket_set *set = bucket_set_of(cgroup_id);

	for (int i = 0; set && i < BUCKETS_PER_SET; i++) {
		if (set->buckets[i].cgroup_id == cgroup_id)
			return set->buckets[i].container == cgroup_id;
	}
	return 0;
}

/* Whether `a` is idler: only `b` has processes. If both or none of them have processes, its bucket was full first. */
static __always_inline bool is_idler(const struct bucket *a, const struct bucket *b)
{
	if (!a->places != !b->places)
		return !a->places;
	return a->full_at_ns < b->full_at_ns;
}

/*
 * Finds the bucket of a container, and returns its index in its set. A new container takes the bucket of the idlest
 * container in the set.
 */
__noinline int find_bucket(__u64 cgroup_id)
{
	struct bucket_set *set = bucket_set_of(cgroup_id);
	__u32 idlest = 0;

	if (!set)
		return 0;
	for (__u32 i = 0; i < BUCKETS_PER_SET; i++) {
		if (set->buckets[i].cgroup_id == cgroup_id)
			return i;
		if (is_idler(&set->buckets[i], &set->buckets[idlest & (BUCKETS_PER_SET - 1)]))
			idlest = i;
	}

	struct bucket *bucket = &set->buckets[idlest & (BUCKETS_PER_SET - 1)];
	bucket->cgroup_id = cgroup_id;
	bucket->full_at_ns = 0;
	bucket->skipped = 0;
	bucket->container = 0;
	bucket->places = 0;
	bucket->crowded = 0;
	return idlest;
}

static __always_inline struct bucket *bucket_of(__u64 cgroup_id)
{
	__u32 index = find_bucket(cgroup_id);
	struct bucket_set *set = bucket_set_of(cgroup_id);

	return set ? &set->buckets[index & (BUCKETS_PER_SET - 1)] : NULL;
}

/*
 * Takes a place in the table of processes, and counts it for the container. Returns the place; -1 if the container
 * holds as many places as it may, or if the group of the process is full.
 */
__noinline int take_place(__u64 cgroup_id, __u32 tgid)
{
	struct bucket *bucket = bucket_of(cgroup_id);
	__u32 max = parameters.places_max;

	if (!bucket)
		return -1;

	__u32 spare = bucket->places >= max / 4 ? GROUP_SPARE : 0;
	int place = bucket->places < max ? claim_place(tgid, spare) : -1;
	if (place >= 0) {
		__sync_fetch_and_add(&bucket->places, 1);
	} else if (bucket->places >= max || spare) {
		__sync_fetch_and_add(&bucket->crowded, 1);
		count(lost_exec_crowded);
	} else {
		count(lost_exec_table_full);
	}
	return place;
}

/* Gives a place back. A bucket that another container has taken in the meantime does not count it. Returns 0. */
__noinline int release_place(__u64 cgroup_id)
{
	struct bucket_set *set = bucket_set_of(cgroup_id);

	for (int i = 0; set && i < BUCKETS_PER_SET; i++) {
		struct bucket *bucket = &set->buckets[i];

		if (bucket->cgroup_id != cgroup_id)
			continue;
		if (bucket->places)
			__sync_fetch_and_add(&bucket->places, -1);
		break;
	}
	return 0;
}

/*
 * The last quarter of the ring is for containers that have used less than this part of their burst: a container that
 * starts many programs cannot fill the ring for the others.
 */
#define RESERVE_DIVISOR 16

static __always_inline __u64 burst_ns(void)
{
	__u64 size = bpf_ringbuf_query(&ring, BPF_RB_RING_SIZE);

	if (bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA) > size - size / 4)
		return parameters.exec_burst_ns / RESERVE_DIVISOR;
	return parameters.exec_burst_ns;
}

/*
 * Takes the tokens for one image from its container. An image costs one token, and one more token for each 256 bytes of
 * its arguments over 1 KiB: a large record uses the space and the time of many small ones. To interpret 32 KiB takes
 * some 10 ms, to interpret a short command line less than 0.1 ms. Returns 1; 0 if the container has too few tokens.
 */
__noinline int take_tokens(__u64 cgroup_id, __u64 now, __u64 size)
{
	__u64 price = parameters.exec_interval_ns;
	struct bucket *bucket = bucket_of(cgroup_id);

	if (!price || !bucket)
		return 1;
	if (size > ARGV_WHOLE_MAX)
		size = ARGV_WHOLE_MAX;
	if (size > 1024)
		price *= 1 + (size - 1024) / 256;
	__u64 full_at = bucket->full_at_ns;
	if (full_at < now)
		__sync_val_compare_and_swap(&bucket->full_at_ns, full_at, now);
	full_at = __sync_fetch_and_add(&bucket->full_at_ns, price);
	if (full_at + price <= now + burst_ns())
		return 1;
	__sync_fetch_and_add(&bucket->full_at_ns, -price);
	__sync_fetch_and_add(&bucket->skipped, 1);
	return 0;
}

#endif
