// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Captures the place at which a signal ended a program of a student container.
 *
 * The hook runs in the process that ends, before its address space is gone. It copies the registers, the stack and the
 * list of mapped code. It does not look for functions: programs and C libraries without frame pointers can be unwound
 * only with the tables in their files.
 */
#include "crash.h"
#include "address_space.h"
#include "inode.h"
#include "kernel.h"
#include "path_walk.h"
#include "registers.h"
#include "student.h"
#include "trust.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <linux/bpf.h>

/* Steps of the walk through an address space. A C program has 30 mappings and gaps, each thread adds two. */
#define WALK_STEPS 256

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct sigaction {
	void *sa_handler;
};

struct k_sigaction {
	struct sigaction sa;
};

union __sifields {
	struct {
		void *_addr;
	} _sigfault;
};

struct kernel_siginfo {
	int si_code;
	union __sifields _sifields;
};

#pragma clang attribute pop

/* include/uapi/asm-generic/signal.h; the same numbers on all processors for which procmon is built */
#define SIGILL 4
#define SIGTRAP 5
#define SIGABRT 6
#define SIGBUS 7
#define SIGFPE 8
#define SIGSYS 31
#define CRASH_SIGNALS \
	(1U << SIGILL | 1U << SIGTRAP | 1U << SIGABRT | 1U << SIGBUS | 1U << SIGFPE | 1U << SIGSEGV | 1U << SIGSYS)

/* include/linux/signal_types.h: senders without a siginfo pass 0 or 1 */
#define SEND_SIG_PRIV ((void *)1)

/* ---- parameters and shared state ---------------------------------------------------------------- */

const volatile struct crash_parameters parameters SEC(".rodata.parameters");

struct crash_counters counters;

#define count(counter) __sync_fetch_and_add(&counters.counter, 1)

/* ---- maps --------------------------------------------------------------------------------------- */

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, CRASHES);
	__type(key, __u32);
	__type(value, struct crash);
} crashes SEC(".maps");

/*
 * The number of places of the dying process' container. It is in a map because the verifier of 6.1 follows each value
 * that a variable can have, for each place, and gives up at a million instructions.
 */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} places_of_container SEC(".maps");

/* ---- a place for the crash ---------------------------------------------------------------------- */

static __always_inline bool claim(struct crash *crash, __u32 from)
{
	return crash->state == from && __sync_val_compare_and_swap(&crash->state, from, CRASH_OPEN) == from;
}

/*
 * Takes the place that the process already has, or a free place. A process can have a place and still run: the first
 * process of a container ignores signals.
 */
static __always_inline struct crash *claim_place(__u32 tgid, __u64 cgroup_id)
{
	__u32 only = 0;
	__u32 *of_container = bpf_map_lookup_elem(&places_of_container, &only);

	if (!of_container)
		return NULL;
	*of_container = 0;
	for (__u32 i = 0; i < CRASHES; i++) {
		__u32 index = i;
		struct crash *crash = bpf_map_lookup_elem(&crashes, &index);

		if (!crash || crash->state == CRASH_FREE)
			continue;
		if (crash->image.tgid == tgid && claim(crash, CRASH_COMPLETE))
			return crash;
		if (crash->cgroup_id == cgroup_id)
			*of_container += 1;
	}
	if (*of_container >= CRASHES_PER_CONTAINER) {
		count(lost_container_full);
		return NULL;
	}
	for (__u32 i = 0; i < CRASHES; i++) {
		__u32 index = i;
		struct crash *crash = bpf_map_lookup_elem(&crashes, &index);

		if (crash && claim(crash, CRASH_FREE))
			return crash;
	}
	count(lost_no_place);
	return NULL;
}

/* ---- the stack ---------------------------------------------------------------------------------- */

static __always_inline void keep_stack(struct crash *crash, __u64 from)
{
	for (__u32 at = 0; at < STACK_SIZE; at += STACK_PIECE) {
		if (bpf_probe_read_user(&crash->stack[at], STACK_PIECE, (void *)(from + at)))
			return;
		crash->stack_size = at + STACK_PIECE;
	}
}

struct chain_walk {
	struct crash *crash;
	__u64 pointer;
	__u64 word_size;
};

/* Each frame of a caller is at a higher address. */
static long chain_step(__u32 index, struct chain_walk *walk)
{
	struct crash *crash = walk->crash;
	__u64 words[2] = {};

	if (index >= CHAIN_MAX)
		return 1;
	if (walk->word_size == 8) {
		if (bpf_probe_read_user(words, sizeof(words), (void *)walk->pointer))
			return 1;
	} else {
		__u32 halves[2];

		if (bpf_probe_read_user(halves, sizeof(halves), (void *)walk->pointer))
			return 1;
		words[0] = halves[0];
		words[1] = halves[1];
	}
	crash->chain[index].address = walk->pointer;
	crash->chain[index].caller = words[0];
	crash->chain[index].return_address = words[1];
	crash->chain_size = index + 1;
	if (words[0] <= walk->pointer)
		return 1;
	walk->pointer = words[0];
	return 0;
}

/* ---- the mapped code ---------------------------------------------------------------------------- */

struct mapping_walk {
	struct crash *crash;
	__u64 tree;
	__u64 root_mnt, root_dentry; /* the root directory of the process */
	__u64 first; /* start of the mapping that is already kept */
};

/* The walk of path_walk.h, from a pointer to a file that the verifier does not know. */
static __always_inline void keep_path(struct crash *crash, struct code_mapping *mapping, struct file *file,
				      struct mapping_walk *walk)
{
	struct scratch *paths = &crash->paths;
	struct walk up = {.scratch = paths, .used_max = PATHS_SIZE};
	struct vfsmount *mnt = BPF_CORE_READ(file, f_path.mnt);

	mapping->path_at = paths->used;
	mapping->path_size = 0;
	paths->mnt = (__u64)mnt;
	paths->mnt_root = (__u64)BPF_CORE_READ(mnt, mnt_root);
	paths->dentry = (__u64)BPF_CORE_READ(file, f_path.dentry);
	paths->root_mnt = walk->root_mnt;
	paths->root_dentry = walk->root_dentry;
	repeat(PATH_STEPS, PATH_STEPS_BEFORE_5_17, path_step, &up);
	if (up.end == WALK_WHOLE)
		mapping->path_size = paths->used - mapping->path_at;
}

static __always_inline void keep_mapping(struct mapping_walk *walk, struct vm_area_struct *vma)
{
	struct crash *crash = walk->crash;
	struct file *file = BPF_CORE_READ(vma, vm_file);
	__u32 index = crash->mapping_count;

	if (!file || !(BPF_CORE_READ(vma, vm_flags) & VM_EXEC) || BPF_CORE_READ(vma, vm_start) == walk->first)
		return;
	barrier_var(index); /* the verifier of 6.1 forgets the bound of a copy that was made before the check */
	if (index >= MAPPINGS_MAX)
		return;
	barrier_var(index);

	struct code_mapping *mapping = &crash->mappings[index];
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	mapping->start = BPF_CORE_READ(vma, vm_start);
	mapping->end = BPF_CORE_READ(vma, vm_end);
	mapping->page_offset = BPF_CORE_READ(vma, vm_pgoff);
	mapping->inode = BPF_CORE_READ(inode, i_ino);
	mapping->mtime_ns = mtime_ns(inode);
	mapping->size = BPF_CORE_READ(inode, i_size);
	keep_path(crash, mapping, file, walk);
	crash->mapping_count = index + 1;
}

/* Keeps the mapping at crash->next if it contains code. The next step starts after the mapping. */
static long mapping_step(__u32 index, struct mapping_walk *walk)
{
	struct crash *crash = walk->crash;
	struct maple_walk found = {.pivots = (unsigned long *)crash->pivots};

	if (!find_entry(&found, walk->tree, crash->next))
		return 1;
	if (found.entry)
		keep_mapping(walk, (struct vm_area_struct *)found.entry);
	crash->next = found.last + 1;
	return !crash->next || crash->mapping_count >= MAPPINGS_MAX;
}

/* The mapping of the program counter comes first: a process may have more mappings than the walk has steps. */
static __always_inline void keep_mappings(struct crash *crash, struct task_struct *task, __u64 counter)
{
	struct mm_struct___v6_1 *mm = (void *)task->mm;
	struct mapping_walk walk = {
		.crash = crash, .root_mnt = (__u64)task->fs->root.mnt, .root_dentry = (__u64)task->fs->root.dentry};

	if (!bpf_core_field_exists(mm->mm_mt))
		return;
	walk.tree = (__u64)BPF_CORE_READ(mm, mm_mt.ma_root);
	crash->next = counter ?: 1;
	bpf_loop(1, mapping_step, &walk, 0);
	if (crash->mapping_count)
		walk.first = crash->mappings[0].start;
	crash->next = 1;
	bpf_loop(WALK_STEPS, mapping_step, &walk, 0);
}

/* ---- hook --------------------------------------------------------------------------------------- */

static __always_inline void keep(struct task_struct *task, struct crash *crash, int signal, struct kernel_siginfo *info)
{
	crash->image.start_ns = task->group_leader->start_boottime;
	crash->image.exec_id = task->self_exec_id;
	crash->at_ns = bpf_ktime_get_boot_ns();
	crash->signal = signal;
	crash->code = BPF_CORE_READ(info, si_code);
	crash->address = (__u64)BPF_CORE_READ(info, _sifields._sigfault._addr);
	crash->stack_size = 0;
	crash->chain_size = 0;
	crash->mapping_count = 0;
	crash->paths.used = 0;

	struct user_registers registers = {};
	keep_registers(&registers, crash->registers, (void *)bpf_task_pt_regs(bpf_get_current_task_btf()));
	crash->machine = registers.machine;
	keep_stack(crash, registers.stack);
	struct chain_walk walk = {
		.crash = crash,
		.pointer = registers.frame,
		.word_size = registers.machine == MACHINE_386 ? 4 : 8,
	};
	bpf_loop(CHAIN_MAX, chain_step, &walk, 0);
	keep_mappings(crash, task, registers.counter);
}

/*
 * Fires for each signal that is delivered to a process, with the action of the process for it (get_signal in
 * kernel/signal.c). The kernel holds the signal lock with interrupts off, so nothing preempts the program.
 */
SEC("tp_btf/signal_deliver")
int BPF_PROG(on_deliver, int signal, struct kernel_siginfo *info, struct k_sigaction *action)
{
	if (signal <= 0 || signal > SIGSYS || !(1U << signal & CRASH_SIGNALS))
		return 0;
	if ((void *)info <= SEND_SIG_PRIV || BPF_CORE_READ(action, sa.sa_handler))
		return 0;

	struct task_struct *task = for_loads(bpf_get_current_task_btf());
	if (!task->mm || !is_student(task))
		return 0;

	__u64 cgroup_id = task->cgroups->dfl_cgrp->kn->id;
	struct crash *crash = claim_place(task->tgid, cgroup_id);
	if (!crash)
		return 0;
	crash->image.tgid = task->tgid;
	crash->cgroup_id = cgroup_id;
	keep(task, crash, signal, info);
	__sync_lock_test_and_set(&crash->state, CRASH_COMPLETE);
	count(complete);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
