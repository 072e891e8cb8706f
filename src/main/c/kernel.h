/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The fields of the kernel's structures that procmon reads.
 *
 * These are not the kernel's definitions. With preserve_access_index each access is a CO-RE relocation: libbpf resolves
 * it by name against the BTF of the running kernel. If a field has another name or type in some kernels, the structure
 * has a variant for them. The name of a variant ends in ___something; CO-RE ignores this suffix.
 */
#ifndef PROCMON_KERNEL_H
#define PROCMON_KERNEL_H

#include <linux/types.h>
#include <stdbool.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef struct {
	int counter;
} atomic_t;

typedef struct {
	unsigned int val;
} kuid_t;

struct list_head {
	struct list_head *next;
};

struct qstr {
	const unsigned char *name;
};

struct hlist_bl_node {
	struct hlist_bl_node **pprev;
};

struct super_block {
	__u32 s_dev;
};

struct timespec64 {
	__s64 tv_sec;
	long tv_nsec;
};

struct inode {
	unsigned long i_ino;
	unsigned int i_nlink;
	__s64 i_size;
	struct super_block *i_sb;
	__s64 i_mtime_sec; /* since 6.11: 3aa63a569c64 "fs: switch timespec64 fields in inode to discrete integers" */
	__u32 i_mtime_nsec;
};

struct inode___v6_7 {
	struct timespec64 __i_mtime; /* 6.7 to 6.10: 12cd44023651 "fs: rename inode i_atime and i_mtime fields" */
};

struct inode___v5_15 {
	struct timespec64 i_mtime;
};

struct dentry {
	struct hlist_bl_node d_hash;
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
};

struct vfsmount {
	struct dentry *mnt_root;
};

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct file {
	struct path f_path;
	struct inode *f_inode;
};

struct fs_struct {
	struct path root;
	struct path pwd;
};

struct percpu_counter {
	__s64 count;
};

/* Indices into mm_struct.rss_stat: include/linux/mm_types_task.h */
enum {
	MM_FILEPAGES,
	MM_ANONPAGES,
	MM_SWAPENTS,
	MM_SHMEMPAGES,
};

struct mm_struct {
	unsigned long arg_start;
	unsigned long arg_end;
	unsigned long env_end;
	unsigned long hiwater_rss;
	struct file *exe_file;
	struct percpu_counter
		rss_stat[4]; /* since 6.2: f1a7941243c1 "mm: convert mm's rss stats into percpu_counter" */
};

struct new_utsname {
	char nodename[65];
};

struct user_namespace {
	int level; /* 0: the initial user namespace */
};

struct uts_namespace {
	struct new_utsname name;
	struct user_namespace *user_ns;
};

struct nsproxy {
	struct uts_namespace *uts_ns;
};

/* All members are declared: the size of an element is needed to index an array of it at run time. */
struct upid {
	int nr;
	void *ns;
};

struct pid {
	unsigned int level;
	struct upid numbers[1];
};

enum pid_type {
	PIDTYPE_TGID = 1,
};

struct signal_struct {
	atomic_t live;
	int nr_threads;
	struct list_head thread_head;
	int group_exit_code;
	unsigned int flags;
	struct pid *pids[4];
	__u64 utime;
	__u64 stime;
	__u64 sum_sched_runtime;
	unsigned long maxrss;
};

struct kernfs_node {
	struct kernfs_node *__parent; /* since 6.15: 633488947ef6 "kernfs: Use RCU to access kernfs_node::parent" */
	const char *name;
	__u64 id;
};

struct kernfs_node___v5_15 {
	struct kernfs_node *parent;
	const char *name;
};

struct cgroup {
	int level; /* 0: the root of its hierarchy */
	struct kernfs_node *kn;
};

struct cgroup_subsys_state {
	struct cgroup *cgroup;
};

/* The values depend on the kernel's configuration. CO-RE relocates them. */
enum cgroup_subsys_id {
	cpu_cgrp_id,
	memory_cgrp_id,
	pids_cgrp_id,
};

struct css_set {
	struct cgroup_subsys_state *subsys[4];
	struct cgroup *dfl_cgrp;
};

struct cred {
	kuid_t uid;
};

struct sched_entity {
	__u64 sum_exec_runtime;
};

struct task_struct {
	int pid;
	int tgid;
	unsigned int flags;
	int exit_code;
	__u64 self_exec_id;
	__u64 start_boottime;
	__u64 utime;
	__u64 stime;
	struct sched_entity se;
	struct list_head thread_node;
	struct task_struct *group_leader;
	struct task_struct *real_parent;
	struct signal_struct *signal;
	struct mm_struct *mm;
	struct fs_struct *fs;
	struct nsproxy *nsproxy;
	struct css_set *cgroups;
	const struct cred *cred;
};

struct linux_binprm {
	const char *filename;
};

struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
	__u64 seq_num;
};

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
};

#pragma clang attribute pop

/* include/linux/sched/signal.h */
#define SIGNAL_GROUP_EXIT 0x00000004

/* include/uapi/asm-generic/signal.h; the same number on all processors */
#define SIGSEGV 11

/* include/linux/sched.h */
#define PF_KTHREAD 0x00200000

#endif
