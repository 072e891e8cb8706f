// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Watches the processes of student containers: what each one executes, and how it ends.
 *
 * Two hooks, one ring buffer. An exec sends what is known at that moment; an exit sends how it went. In
 * between the kernel keeps one small entry a process. Processes of other hostnames leave after one
 * comparison. Whatever cannot be sent is counted by its cause.
 *
 * Both hooks are BTF tracepoints: CAP_BPF and CAP_PERFMON are enough, and neither tracefs nor
 * perf_event_open(2) is involved.
 */
#include "kernel.h"
#include "procmon.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <linux/bpf.h>

/* ---- parameters and shared state ---------------------------------------------------------------- */

const volatile struct parameters parameters SEC(".rodata.parameters");

struct shared shared;

/* ---- preemption ---------------------------------------------------------------------------------- */

/*
 * Since 7.0 tracepoints leave preemption on (include/linux/tracepoint.h), and the kernel skips a program that is at
 * work on the same processor already (kernel/trace/bpf_trace.c): a hook that is preempted would cost the next process
 * there its own. So it turns preemption off by itself.
 */
extern int LINUX_KERNEL_VERSION __kconfig;
extern void bpf_preempt_disable(void) __weak __ksym;
extern void bpf_preempt_enable(void) __weak __ksym;

#define without_preemption(work)                                                                  \
	do {                                                                                      \
		bool on = LINUX_KERNEL_VERSION >= KERNEL_VERSION(7, 0, 0) && bpf_preempt_disable; \
		if (on)                                                                           \
			bpf_preempt_disable();                                                    \
		work;                                                                             \
		if (on)                                                                           \
			bpf_preempt_enable();                                                     \
	} while (0)

/* ---- maps --------------------------------------------------------------------------------------- */

/* Room for the largest record; the verifier wants a whole NAME_SIZE behind every place that it can start at. */
#define DATA_SIZE (3 * (PATH_SIZE + NAME_SIZE) + CGROUP_SIZE + NAME_SIZE + ARGV_WHOLE_MAX)

struct scratch {
	struct exec_record record;
	char data[DATA_SIZE + NAME_SIZE];
	__u32 used; /* bytes of data */
	__u32 padding;
	__u64 mnt, mnt_root, dentry, root_mnt, root_dentry; /* where path_step stands */
	__u64 kernfs; /* where cgroup_step stands */
};

/* Not per-CPU: those maps end at 32 KiB a processor. No hook runs twice on one at a time, so a slot has one user. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1); /* processors + 1 */
	__type(key, __u32);
	__type(value, struct scratch);
} scratch SEC(".maps");

/* Both with parameters.group_mask + 1 entries. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct group);
} groups SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct places);
} processes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, BUCKET_SETS);
	__type(key, __u32);
	__type(value, struct bucket_set);
} buckets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4 * 1024 * 1024);
} ring SEC(".maps");

/* ---- helpers: counting and waking --------------------------------------------------------------- */

#define count(counter) __sync_fetch_and_add(&shared.counter, 1)

/*
 * Wakes the reader if it asked for it. Called after the record is committed, and the commit is a full
 * barrier: a reader that did not see the record has set wake_at before we look. bpf_ringbuf_output
 * takes its decision before the commit, so the wake-up travels with an empty, discarded record.
 */
static __always_inline void wake_reader(void)
{
	__u64 threshold = *(volatile __u64 *)&shared.wake_at;

	if (threshold == NEVER_WAKE || bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA) < threshold)
		return;
	if (__sync_lock_test_and_set(&shared.wake_at, NEVER_WAKE) == NEVER_WAKE)
		return;

	void *nothing = bpf_ringbuf_reserve(&ring, sizeof(__u64), 0);
	if (nothing)
		bpf_ringbuf_discard(nothing, BPF_RB_FORCE_WAKEUP);
}

static __always_inline bool is_student(struct task_struct *task)
{
	__u64 head[HOSTNAME_PREFIX_MAX / 8];

	/* Fails for a task without namespaces (it is ending) and reads zeroes, which match no prefix. */
	bpf_probe_read_kernel(head, sizeof(head), task->nsproxy->uts_ns->name.nodename);
	return (head[0] & parameters.hostname_prefix_mask[0]) == parameters.hostname_prefix[0] &&
	       (head[1] & parameters.hostname_prefix_mask[1]) == parameters.hostname_prefix[1];
}

/* ---- helpers: the table of watched processes ---------------------------------------------------- */

static __always_inline __u32 group_of(__u32 tgid)
{
	return tgid / GROUP_SIZE & parameters.group_mask;
}

/* The process at a place of its group; NULL for the place -1. */
static __always_inline struct process *process_at(__u32 tgid, int place)
{
	__u32 index = group_of(tgid);
	struct places *places = bpf_map_lookup_elem(&processes, &index);

	if (!places || place < 0)
		return NULL;
	barrier_var(place); /* keeps the address from being computed before the checks: the verifier objects */
	return &places->processes[place & (GROUP_SIZE - 1)];
}

/*
 * Where in its group a process stands, -1 if it is not watched. A process id alone is not enough: its entry may wait
 * for user space while the id is in use again. Global, like claim_place: the verifier looks at it once, and its
 * caller has one case to go through and not one for each place.
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

/* Takes a free place for a process; -1 if there is none. */
__noinline int claim_place(__u32 tgid)
{
	__u32 index = group_of(tgid);
	struct group *group = bpf_map_lookup_elem(&groups, &index);

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

/* ---- helpers: who is it ------------------------------------------------------------------------- */

/* A shell may fork without exec before it starts a compiler: climb until somebody is known. */
#define ANCESTORS_MAX 16

static __always_inline bool is_parent(struct exec_record *record, __u32 tgid, __u64 start_ns)
{
	struct process *process = process_at(tgid, find_place(tgid, start_ns));

	if (process)
		record->parent = process->end.image;
	return process;
}

/*
 * Beyond the first not by typed loads, as elsewhere: for each of these the verifier searches the kernel's whole BTF
 * (btf_nested_type_is_trusted), and in a loop that makes loading slow.
 */
static __always_inline void fill_parent(struct exec_record *record, struct task_struct *task)
{
	struct task_struct *ancestor = task->real_parent;
	__u32 tgid = ancestor->tgid;

	record->ppid = tgid;
	if (is_parent(record, tgid, ancestor->group_leader->start_boottime))
		return;
	for (int i = 1; i < ANCESTORS_MAX && tgid > 1; i++) {
		ancestor = BPF_CORE_READ(ancestor, real_parent);
		tgid = BPF_CORE_READ(ancestor, tgid);
		if (is_parent(record, tgid, BPF_CORE_READ(ancestor, group_leader, start_boottime)))
			return;
	}
}

/* ---- helpers: text, appended to the scratch record ---------------------------------------------- */

/* Appends a string of the kernel with its NUL; returns its size, 0 if it cannot be read or has no room left. */
static __always_inline __u32 append_string(struct scratch *s, const void *string, __u32 size_max)
{
	__u32 at = s->used;

	if (at > DATA_SIZE - PATH_SIZE)
		return 0;

	long size = bpf_probe_read_kernel_str(&s->data[at], size_max, string);
	if (size <= 0)
		return 0;
	s->used = at + size;
	return size;
}

enum walk_end {
	WALK_CUT, /* also where the walk ends without having reached anything */
	WALK_WHOLE, /* also where it ends outside the root directory of the process */
};

/* A walk up a tree, one component a step; where it stands is in the scratch. */
struct walk {
	struct scratch *scratch;
	__u32 used_max; /* no room for another component beyond */
	enum walk_end end;
};

/*
 * Repeats a step until it returns 1. bpf_loop (5.17) has the verifier look at the step once; before, it looks
 * at each repetition anew, and has patience for fewer.
 */
#define repeat(times, times_before_5_17, step, walk)                                      \
	do {                                                                              \
		if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_loop)) {        \
			bpf_loop(times, step, walk, 0);                                   \
		} else {                                                                  \
			for (int i = 0; i < times_before_5_17 && step(i, walk) == 0; i++) \
				;                                                         \
		}                                                                         \
	} while (0)

/*
 * The two fields that a step needs stand close together in each of the kernel's structures, so one read fills a link,
 * which has them likewise. Where they ever do not, it takes two.
 */
#define read_link(link, second, object, parent_field, second_field)                                                  \
	do {                                                                                                         \
		if (bpf_core_field_offset((object)->second_field) - bpf_core_field_offset((object)->parent_field) == \
		    __builtin_offsetof(typeof(link), second)) {                                                      \
			bpf_core_read(&(link), sizeof(link), &(object)->parent_field);                               \
		} else {                                                                                             \
			(link).parent = BPF_CORE_READ(object, parent_field);                                         \
			(link).second = BPF_CORE_READ(object, second_field);                                         \
		}                                                                                                    \
	} while (0)

/* A dentry's parent and name. */
struct dentry_link {
	struct dentry *parent;
	__u64 hash_and_length;
	const unsigned char *name;
};

/* The mount that a mount is in, and where there. */
struct mount_link {
	struct mount *parent;
	struct dentry *mountpoint;
};

/*
 * From a dentry to its parent, or from the root of a mount to where it is mounted. All state is read from
 * memory: so the verifier knows nothing of it, and all steps look alike.
 */
static long path_step(__u32 index, struct walk *walk)
{
	struct scratch *s = walk->scratch;
	struct vfsmount *mnt = (struct vfsmount *)s->mnt;
	struct dentry *dentry = (struct dentry *)s->dentry;

	if (s->dentry == s->root_dentry && s->mnt == s->root_mnt) {
		walk->end = WALK_WHOLE;
		return 1;
	}

	if (s->dentry == s->mnt_root) {
		struct mount *mount = (void *)mnt - bpf_core_field_offset(struct mount, mnt);
		struct mount_link link = {};

		read_link(link, mountpoint, mount, mnt_parent, mnt_mountpoint);
		if (link.parent == mount) {
			walk->end = WALK_WHOLE;
			return 1;
		}
		s->dentry = (__u64)link.mountpoint;
		mnt = (void *)link.parent + bpf_core_field_offset(struct mount, mnt);
		s->mnt = (__u64)mnt;
		s->mnt_root = (__u64)BPF_CORE_READ(mnt, mnt_root);
		return 0;
	}

	struct dentry_link link = {};
	read_link(link, name, dentry, d_parent, d_name.name);
	if (s->used > walk->used_max || !append_string(s, link.name, NAME_SIZE))
		return 1;
	if (link.parent == dentry) {
		walk->end = WALK_WHOLE; /* no mount holds it: a memory file, a detached mount */
		return 1;
	}
	s->dentry = (__u64)link.parent;
	return 0;
}

/* As many steps as the longest path can have components, and well over what a usual one has. */
#define PATH_STEPS PATH_SIZE
#define PATH_STEPS_BEFORE_5_17 256

/*
 * Appends the components from a path up to the root directory of its process, leaf first and across mount
 * points: so the path is what the student sees. It goes the way of fs/d_path.c:prepend_path, but without
 * its locks: a rename at this very moment can mix old and new names, and nothing worse.
 */
static __always_inline enum walk_end append_path(struct scratch *s, struct path *path, struct path *root)
{
	struct walk walk = {.scratch = s, .used_max = s->used + PATH_SIZE - 1};

	s->mnt = (__u64)path->mnt;
	s->mnt_root = (__u64)path->mnt->mnt_root;
	s->dentry = (__u64)path->dentry;
	s->root_mnt = (__u64)root->mnt;
	s->root_dentry = (__u64)root->dentry;
	repeat(PATH_STEPS, PATH_STEPS_BEFORE_5_17, path_step, &walk);
	return walk.end;
}

/* A cgroup's directory, and the one that it is in. */
struct kernfs_link {
	struct kernfs_node *parent;
	const char *name;
};

static __always_inline struct kernfs_link link_of_kernfs(struct kernfs_node *node)
{
	struct kernfs_node___v5_15 *old = (void *)node;
	struct kernfs_link link = {};

	if (!bpf_core_field_exists(node->__parent)) {
		link.parent = BPF_CORE_READ(old, parent);
		link.name = BPF_CORE_READ(old, name);
	} else {
		read_link(link, name, node, __parent, name);
	}
	return link;
}

static long cgroup_step(__u32 index, struct walk *walk)
{
	struct scratch *s = walk->scratch;
	struct kernfs_node *node = (struct kernfs_node *)s->kernfs;
	struct kernfs_link link = link_of_kernfs(node);

	if (!link.parent) {
		walk->end = WALK_WHOLE;
		return 1;
	}
	if (s->used > walk->used_max || !append_string(s, link.name, NAME_SIZE))
		return 1;
	s->kernfs = (__u64)link.parent;
	return 0;
}

#define CGROUP_STEPS CGROUP_SIZE
#define CGROUP_STEPS_BEFORE_5_17 32

/* Appends the components of a cgroup's path below the root of its hierarchy, leaf first. */
static __always_inline enum walk_end append_cgroup_path(struct scratch *s, struct kernfs_node *node)
{
	struct walk walk = {.scratch = s, .used_max = s->used + CGROUP_SIZE - 1};

	s->kernfs = (__u64)node;
	repeat(CGROUP_STEPS, CGROUP_STEPS_BEFORE_5_17, cgroup_step, &walk);
	return walk.end;
}

/* ---- helpers: the parts of an exec record ------------------------------------------------------- */

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

static __always_inline __u32 walk_flags(enum walk_end end, __u32 cut)
{
	return end == WALK_CUT ? cut : 0;
}

static __always_inline void append_executable(struct scratch *s, struct task_struct *task)
{
	struct exec_record *record = &s->record;
	struct file *exe = task->mm->exe_file;
	struct dentry *dentry = exe->f_path.dentry;
	struct inode *inode = exe->f_inode;
	__u32 before = s->used;

	record->exe_inode = inode->i_ino;
	record->exe_dev = inode->i_sb->s_dev;
	record->exe_mtime_ns = mtime_ns(inode);
	if (dentry->d_parent == dentry && exe->f_path.mnt->mnt_root != dentry)
		record->flags |= EXEC_EXE_MEMORY;
	else if (inode->i_nlink == 0 || !dentry->d_hash.pprev)
		record->flags |= EXEC_EXE_DELETED;

	record->flags |= walk_flags(append_path(s, &exe->f_path, &task->fs->root), EXEC_EXE_CUT);
	record->exe_size = s->used - before;
}

static __always_inline void append_cwd(struct scratch *s, struct task_struct *task)
{
	struct exec_record *record = &s->record;
	struct fs_struct *fs = task->fs;
	__u32 before = s->used;

	record->flags |= walk_flags(append_path(s, &fs->pwd, &fs->root), EXEC_CWD_CUT);
	record->cwd_size = s->used - before;
}

/* The cgroup in one of the version 1 hierarchies, NULL where it is the root or the kernel has none such. */
#define cgroup_v1(css_set, subsystem)                                                           \
	({                                                                                      \
		struct cgroup *v1_cgroup = NULL;                                                \
		if (bpf_core_enum_value_exists(enum cgroup_subsys_id, subsystem)) {             \
			__u32 v1_index = bpf_core_enum_value(enum cgroup_subsys_id, subsystem); \
			struct cgroup_subsys_state **v1_csss = css_set->subsys;                 \
			v1_cgroup = v1_csss[v1_index]->cgroup;                                  \
			if (v1_cgroup->level == 0)                                              \
				v1_cgroup = NULL;                                               \
		}                                                                               \
		v1_cgroup;                                                                      \
	})

/*
 * Version 2 first. On a node with version 1, and on a hybrid one, a container's process may be in the
 * root of the unified hierarchy; then a controller's own hierarchy has the container's id.
 */
static __always_inline struct kernfs_node *control_group(struct task_struct *task)
{
	struct css_set *css_set = task->cgroups;
	struct cgroup *v2 = css_set->dfl_cgrp;
	struct cgroup *v1 = NULL;

	if (v2->level == 0) {
		v1 = cgroup_v1(css_set, memory_cgrp_id);
		if (!v1)
			v1 = cgroup_v1(css_set, pids_cgrp_id);
		if (!v1)
			v1 = cgroup_v1(css_set, cpu_cgrp_id);
	}

	return v1 ? v1->kn : v2->kn;
}

static __always_inline void append_control_group(struct scratch *s, struct kernfs_node *node)
{
	struct exec_record *record = &s->record;
	__u32 before = s->used;

	record->cgroup_id = node->id;
	record->flags |= walk_flags(append_cgroup_path(s, node), EXEC_CGROUP_CUT);
	record->cgroup_size = s->used - before;
}

static __always_inline __u64 argv_size(struct task_struct *task)
{
	struct mm_struct *mm = task->mm;

	return mm->arg_end - mm->arg_start;
}

/*
 * The kernel has just written these pages, so reading them does not fault. Taken from the address
 * space after the exec: what the program sees, not what another thread may have made of the caller's.
 */
static __always_inline void append_argv(struct scratch *s, struct task_struct *task, __u64 size)
{
	struct exec_record *record = &s->record;
	unsigned long start = task->mm->arg_start;
	__u32 at = s->used;

	record->argv_size = size;
	if (at > DATA_SIZE - ARGV_WHOLE_MAX)
		goto unreadable;
	barrier_var(at); /* clang 17 and later would make `at + ARGV_PART` an OR, where the verifier loses its bound */

	if (size <= ARGV_WHOLE_MAX) {
		if (bpf_probe_read_user(&s->data[at], size, (void *)start))
			goto unreadable;
		record->argv_head_size = size;
		s->used = at + size;
		return;
	}
	record->flags |= EXEC_ARGV_CUT;
	if (bpf_probe_read_user(&s->data[at], ARGV_PART, (void *)start) ||
	    bpf_probe_read_user(&s->data[at + ARGV_PART], ARGV_PART, (void *)(start + size - ARGV_PART)))
		goto unreadable;
	record->argv_head_size = ARGV_PART;
	record->argv_tail_size = ARGV_PART;
	s->used = at + 2 * ARGV_PART;
	return;
unreadable:
	record->flags |= EXEC_ARGV_UNREADABLE;
}

static __always_inline void fill_identity(struct exec_record *record, struct task_struct *task)
{
	struct pid *pid = task->signal->pids[PIDTYPE_TGID];
	struct upid upid = {};

	record->kind = RECORD_EXEC;
	record->image.start_ns = task->group_leader->start_boottime;
	record->image.tgid = task->tgid;
	record->image.exec_id = task->self_exec_id;
	record->uid = task->cred->uid.val;
	bpf_core_read(&upid, sizeof(upid), &pid->numbers[pid->level]);
	record->ns_pid = upid.nr;
	bpf_probe_read_kernel(record->hostname, sizeof(record->hostname), task->nsproxy->uts_ns->name.nodename);
	fill_parent(record, task);
}

/* What the process has used so far: to be subtracted at its end. */
static __always_inline void fill_usage(struct exit_record *usage, struct task_struct *task)
{
	struct signal_struct *signal = task->signal;

	usage->utime_ns = signal->utime + task->utime;
	usage->stime_ns = signal->stime + task->stime;
	usage->runtime_ns = signal->sum_sched_runtime + task->se.sum_exec_runtime;
}

/* ---- fairness: one container's storm must not fill the ring for all ------------------------------ */

static __always_inline struct bucket *bucket_of(__u64 cgroup_id)
{
	__u32 index = cgroup_id * 2654435761u >> 16 & (BUCKET_SETS - 1); /* Knuth: multiplicative hashing */
	struct bucket_set *set = bpf_map_lookup_elem(&buckets, &index);
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
	}
	return idlest;
}

/*
 * Takes the tokens for an image from a container, one and another for each KiB of its arguments: a large record takes
 * the room and the time of many. False if there are none left.
 */
static __always_inline bool take_tokens(struct kernfs_node *control_group, __u64 now, __u64 size)
{
	__u64 price = parameters.exec_interval_ns;

	if (!price)
		return true;
	price *= 1 + (size < ARGV_WHOLE_MAX ? size : ARGV_WHOLE_MAX) / 1024;

	struct bucket *bucket = bucket_of(control_group->id);
	if (!bucket)
		return true;
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

/* A process that is watched already is another image now: its end must not be taken for that of the one before. */
static __always_inline void skip_exec(struct task_struct *task)
{
	__u32 tgid = task->tgid;
	struct process *process = process_at(tgid, find_place(tgid, task->group_leader->start_boottime));

	if (process)
		process->end.image.exec_id = task->self_exec_id;
	count(lost_exec_throttled);
}

/* ---- exec --------------------------------------------------------------------------------------- */

/* Remembers the image, with what its process has used so far; another exec replaces the image. */
static __always_inline bool remember(const struct exec_record *record, struct task_struct *task, int place)
{
	__u32 tgid = record->image.tgid;

	if (place < 0)
		place = claim_place(tgid);

	struct process *process = process_at(tgid, place);
	if (!process)
		return false;
	__builtin_memset(process, 0, sizeof(*process));
	process->end.kind = RECORD_EXIT;
	process->end.peak_pages = task->signal->maxrss;
	if (!(record->flags & EXEC_TAKEN_IN))
		fill_usage(&process->end, task);
	process->end.image = record->image;
	return true;
}

static __always_inline void send_exec(struct scratch *s)
{
	__u64 size = s->used;

	if (size > DATA_SIZE)
		size = DATA_SIZE;
	if (bpf_ringbuf_output(&ring, &s->record, sizeof(s->record) + size, BPF_RB_NO_WAKEUP)) {
		count(lost_exec_ring_full);
		return;
	}
	count(exec_records);
	wake_reader();
}

static __always_inline void begin(struct task_struct *task, struct linux_binprm *bprm)
{
	if (!is_student(task))
		return;

	struct kernfs_node *container = control_group(task);
	__u64 now = bpf_ktime_get_boot_ns();
	__u64 size = argv_size(task);
	if (!take_tokens(container, now, size)) {
		skip_exec(task);
		return;
	}

	__u32 slot = bpf_get_smp_processor_id();
	struct scratch *s = bpf_map_lookup_elem(&scratch, &slot);
	if (!s) {
		count(lost_exec_no_scratch);
		return;
	}
	__builtin_memset(&s->record, 0, sizeof(s->record));
	s->used = 0;

	s->record.exec_ns = now;
	fill_identity(&s->record, task);
	if (!remember(&s->record, task, find_place(s->record.image.tgid, s->record.image.start_ns))) {
		count(lost_exec_table_full);
		return;
	}
	append_executable(s, task);
	append_cwd(s, task);
	append_control_group(s, container);
	s->record.filename_size = append_string(s, bprm->filename, PATH_SIZE);
	if (s->record.filename_size == PATH_SIZE)
		s->record.flags |= EXEC_FILENAME_CUT;
	append_argv(s, task, size);
	send_exec(s);
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, int old_pid, struct linux_binprm *bprm)
{
	without_preemption(begin(task, bprm));
	return 0;
}

/* ---- exit --------------------------------------------------------------------------------------- */

/* As kernel/exit.c:wait_task_zombie decides it. */
static __always_inline __u32 wait_status(struct task_struct *task)
{
	struct signal_struct *signal = task->signal;

	return signal->flags & SIGNAL_GROUP_EXIT ? signal->group_exit_code : task->group_leader->exit_code;
}

/* Threads that have ended but are still linked have not been added to signal_struct yet. */
#define THREADS_MAX 64

static __always_inline void add_other_threads(struct exit_record *usage, struct task_struct *task)
{
	struct signal_struct *signal = task->signal;
	struct list_head *head = (void *)signal + bpf_core_field_offset(struct signal_struct, thread_head);
	struct list_head *node = BPF_CORE_READ(head, next);

	for (int i = 0; i < THREADS_MAX && node && node != head; i++) {
		struct task_struct *thread = (void *)node - bpf_core_field_offset(struct task_struct, thread_node);

		if (thread != task) {
			usage->utime_ns += BPF_CORE_READ(thread, utime);
			usage->stime_ns += BPF_CORE_READ(thread, stime);
			usage->runtime_ns += BPF_CORE_READ(thread, se.sum_exec_runtime);
		}
		node = BPF_CORE_READ(node, next);
	}
}

static __always_inline __u64 resident_pages(struct mm_struct *mm)
{
	__u64 highest = mm->hiwater_rss;

	if (!bpf_core_field_exists(mm->rss_stat[0].count))
		return highest;

	__s64 now =
		mm->rss_stat[MM_FILEPAGES].count + mm->rss_stat[MM_ANONPAGES].count + mm->rss_stat[MM_SHMEMPAGES].count;
	return now > (__s64)highest ? now : highest;
}

/*
 * signal_struct.maxrss survives an exec: a child that a 400 MB editor forked would seem to need 400 MB.
 * Since 6.16 the hook runs while the address space is still there, and that is the image's own
 * (4bcb4a4a0d4c "exit: move trace_sched_process_exit earlier"). Before, only growth tells.
 */
static __always_inline void fill_peak(struct exit_record *end, struct task_struct *task)
{
	__u64 at_exec = end->peak_pages;

	if (task->mm) {
		end->peak_pages = resident_pages(task->mm);
		return;
	}
	end->peak_pages = task->signal->maxrss;
	if (end->peak_pages <= at_exec)
		end->flags |= EXIT_PEAK_INHERITED;
}

/* Completes the entry that remember() began: what was used at exec becomes what was used since. */
static __always_inline void complete(struct exit_record *end, struct task_struct *task)
{
	struct exit_record usage = {};

	fill_usage(&usage, task);
	if (task->signal->nr_threads > 1)
		add_other_threads(&usage, task);
	end->utime_ns = usage.utime_ns - end->utime_ns;
	end->stime_ns = usage.stime_ns - end->stime_ns;
	end->runtime_ns = usage.runtime_ns - end->runtime_ns;
	end->end_ns = bpf_ktime_get_boot_ns();
	end->wait_status = wait_status(task);
	fill_peak(end, task);
}

/*
 * Fires for each thread; the process has ended when none is left alive. Two threads that end at the same
 * moment may both see that, and one of them moves the entry on.
 */
static __always_inline void end(struct task_struct *task)
{
	if (task->signal->live.counter != 0)
		return;

	__u32 tgid = task->tgid;
	int place = find_place(tgid, task->group_leader->start_boottime);
	struct process *process = process_at(tgid, place);
	if (!process ||
	    __sync_val_compare_and_swap(&process->state, PROCESS_RUNNING, PROCESS_ENDING) != PROCESS_RUNNING)
		return;

	complete(&process->end, task);
	if (bpf_ringbuf_output(&ring, &process->end, sizeof(process->end), BPF_RB_NO_WAKEUP)) {
		__sync_lock_test_and_set(&process->state, PROCESS_PARKED);
		count(parked_exits);
		return;
	}
	free_place(tgid, place);
	count(exit_records);
	wake_reader();
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	without_preemption(end(task));
	return 0;
}

/* ---- processes that were running before ---------------------------------------------------------- */

/*
 * Runs once, after the hooks are attached. It leaves the arguments to the reader: a student may have mapped a file
 * there that is on a file system of their own, for which nobody shall wait here.
 */
SEC("iter/task")
int take_in(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	__u32 slot = parameters.iterator_slot;

	if (!task || task->pid != task->tgid || task->flags & PF_KTHREAD || !task->mm || !is_student(task))
		return 0;

	struct scratch *s = bpf_map_lookup_elem(&scratch, &slot);
	if (!s) {
		count(lost_exec_no_scratch);
		return 0;
	}
	__builtin_memset(&s->record, 0, sizeof(s->record));
	s->used = 0;

	s->record.flags = EXEC_TAKEN_IN;
	fill_identity(&s->record, task);
	s->record.exec_ns = s->record.image.start_ns;
	if (find_place(s->record.image.tgid, s->record.image.start_ns) >= 0)
		return 0; /* its exec was seen in the meantime */
	if (!remember(&s->record, task, -1)) {
		count(lost_exec_table_full);
		return 0;
	}
	append_executable(s, task);
	append_cwd(s, task);
	append_control_group(s, control_group(task));
	s->record.argv_size = argv_size(task);
	s->record.flags |= EXEC_ARGV_UNREADABLE;
	send_exec(s);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
