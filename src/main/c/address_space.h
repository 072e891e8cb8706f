/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Finds the mappings of an address space, from a hook in which the kernel's own look-ups cannot be used: bpf_find_vma
 * needs a lock that it cannot release while interrupts are off, and so finds one mapping at most.
 *
 * Since 6.1 the mappings are in a maple tree (include/linux/maple_tree.h). The tree is read without its lock. Another
 * thread may change it at the same time: each read is checked for faults, so the worst is a mapping that is missing.
 */
#ifndef ADDRESS_SPACE_H
#define ADDRESS_SPACE_H

#include "kernel.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	unsigned long vm_flags;
	unsigned long vm_pgoff;
	struct file *vm_file;
};

struct maple_tree {
	void *ma_root;
};

struct mm_struct___v6_1 {
	struct maple_tree mm_mt;
};

struct maple_range_64 {
	unsigned long pivot[15];
	void *slot[16];
};

struct maple_arange_64 {
	unsigned long pivot[9];
	void *slot[10];
};

#pragma clang attribute pop

/* include/linux/mm.h */
#define VM_EXEC 0x00000004

/* enum maple_type, include/linux/maple_tree.h */
#define MAPLE_LEAF_64 1
#define MAPLE_RANGE_64 2
#define MAPLE_ARANGE_64 3

#define MAPLE_RANGE_PIVOTS 15
#define MAPLE_ARANGE_PIVOTS 9

/* A node has at least eleven slots, so this depth is enough for all mappings that a process may have. */
#define MAPLE_DEPTH_MAX 6

/* A way from the root of a tree to the entry of an address. */
struct maple_walk {
	__u64 address; /* not 0 */
	__u64 entry; /* a node; at the end a mapping, or 0 for a gap */
	__u64 last; /* the last address of the entry */
	unsigned long *pivots; /* a buffer for the pivots of one node: the stack of 512 bytes is too small for them */
	__u64 found;
};

/* The root of a tree is a node, unless the tree has a single entry. */
static __always_inline bool is_root_node(__u64 entry)
{
	return (entry & 3) == 2 && entry > 4096;
}

/* 1 if a pivot is lower than an address and not 0. It has no branch, so the verifier has one state after it. */
static __always_inline __u64 is_below(__u64 pivot, __u64 address)
{
	__u64 before = pivot - 1;

	return (before - (address - 1) & ~before) >> 63;
}

/* The slot for an address: after all pivots that are lower. Unused pivots are 0. */
static __always_inline __u64 slot_for(const unsigned long *pivots, __u64 address, __u64 is_range)
{
	__u64 slot = 0;

#pragma unroll
	for (__u32 i = 0; i < MAPLE_ARANGE_PIVOTS; i++)
		slot += is_below(pivots[i], address);
#pragma unroll
	for (__u32 i = MAPLE_ARANGE_PIVOTS; i < MAPLE_RANGE_PIVOTS; i++)
		slot += is_below(pivots[i], address) & is_range;
	return slot;
}

/* Goes one level down. */
static long maple_step(__u32 index, struct maple_walk *walk)
{
	unsigned long *pivots = walk->pivots;
	__u64 entry = walk->entry;
	__u64 node = entry & ~0xffULL;
	__u32 type = entry >> 3 & 0xf;
	bool is_arange = type == MAPLE_ARANGE_64;
	__u64 pivots_at = is_arange ? bpf_core_field_offset(struct maple_arange_64, pivot)
				    : bpf_core_field_offset(struct maple_range_64, pivot);
	__u64 slots_at = is_arange ? bpf_core_field_offset(struct maple_arange_64, slot)
				   : bpf_core_field_offset(struct maple_range_64, slot);

	if (entry <= 4096 || type < MAPLE_LEAF_64 || type > MAPLE_ARANGE_64)
		return 1;
	if (bpf_probe_read_kernel(pivots, MAPLE_RANGE_PIVOTS * sizeof(*pivots), (void *)(node + pivots_at)))
		return 1;

	__u64 slot = slot_for(pivots, walk->address, !is_arange);
	__u64 pivot = 0;
	if (slot < (is_arange ? MAPLE_ARANGE_PIVOTS : MAPLE_RANGE_PIVOTS))
		bpf_probe_read_kernel(&pivot, sizeof(pivot), (void *)(node + pivots_at + slot * sizeof(pivot)));
	if (pivot)
		walk->last = pivot;
	if (bpf_probe_read_kernel(&entry, sizeof(entry), (void *)(node + slots_at + slot * sizeof(entry))))
		return 1;
	walk->entry = entry;
	if (type != MAPLE_LEAF_64)
		return 0;
	walk->entry = entry & 3 ? 0 : entry;
	walk->found = 1;
	return 1;
}

/* Finds the entry of an address, from the root of a tree. */
static __always_inline bool find_entry(struct maple_walk *walk, __u64 root, __u64 address)
{
	walk->address = address;
	walk->entry = root;
	walk->last = ~0ULL;
	walk->found = 0;
	if (!is_root_node(root))
		return false;
	bpf_loop(MAPLE_DEPTH_MAX, maple_step, walk, 0);
	return walk->found;
}

#endif
