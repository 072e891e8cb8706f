/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The parts of an exec record.
 */
#ifndef EXEC_RECORD_H
#define EXEC_RECORD_H

#include "inode.h"
#include "kernel.h"
#include "path_walk.h"
#include "process_table.h"
#include "procmon.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>

/* A shell may fork without exec before it starts a compiler. The search ends at the first watched ancestor. */
#define ANCESTORS_MAX 16

/* Stores the nearest ancestor that is watched. */
static __always_inline void fill_parent(struct exec_record *record, struct task_struct *task)
{
	struct task_struct *ancestor = task->real_parent;
	__u32 tgid = ancestor->tgid;
	int place = find_place(tgid, ancestor->group_leader->start_boottime);

	record->ppid = tgid;
	for (int i = 1; place < 0 && i < ANCESTORS_MAX && tgid > 1; i++) {
		ancestor = ancestor->real_parent;
		tgid = ancestor->tgid;
		place = find_place(tgid, ancestor->group_leader->start_boottime);
	}

	struct process *process = process_at(tgid, place);
	if (process)
		record->parent = process->end.image;
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
	record->exe_bytes = inode->i_size;
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

/* The cgroup in a version 1 hierarchy; NULL if it is the root or if the kernel does not have this hierarchy. */
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
 * Returns the control group that holds the container's id. This is the group of version 2. On a node with version 1,
 * and on a hybrid node, the process may be in the root of version 2. Then it is the group of a version 1 controller.
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
 * Reads the arguments from the address space after the exec. So the record has the arguments that the program sees:
 * another thread of the caller cannot change them. The kernel has just written these pages, so the read does not fault.
 */
static __always_inline void append_argv(struct scratch *s, struct task_struct *task, __u64 size)
{
	struct exec_record *record = &s->record;
	unsigned long start = task->mm->arg_start;
	__u32 at = s->used;

	record->argv_size = size;
	if (at > DATA_SIZE - ARGV_WHOLE_MAX)
		goto unreadable;
	barrier_var(
		at); /* clang 17 and later compile `at + ARGV_PART` as an OR, and the verifier loses the bound of at */

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
	record->uts_level = task->nsproxy->uts_ns->user_ns->level;
	bpf_probe_read_kernel(record->hostname, sizeof(record->hostname), task->nsproxy->uts_ns->name.nodename);
	fill_parent(record, task);
}

#endif
