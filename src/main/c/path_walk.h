/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Walks up the trees of directories and of control groups, and appends the names on the way to a record.
 */
#ifndef PATH_WALK_H
#define PATH_WALK_H

#include "kernel.h"
#include "procmon.h"
#include "repeat.h"
#include "trust.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>

/*
 * Space for the largest record. The array has NAME_SIZE more bytes: the verifier requires space for a whole name after
 * every position at which a name can start.
 */
#ifndef DATA_SIZE
#define DATA_SIZE (3 * (PATH_SIZE + NAME_SIZE) + CGROUP_SIZE + NAME_SIZE + ARGV_WHOLE_MAX)
#endif

struct scratch {
	struct exec_record record;
	char data[DATA_SIZE + NAME_SIZE];
	__u32 used; /* bytes of data */
	__u32 padding;
	__u64 mnt, mnt_root, dentry, root_mnt, root_dentry; /* position of path_step */
	__u64 kernfs; /* position of cgroup_step */
};

/* Appends a string from kernel memory with its NUL. Returns its size; 0 if it cannot be read or does not fit. */
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
	WALK_CUT, /* the walk did not reach a root */
	WALK_WHOLE, /* the walk reached a root; this may be a root outside the process' root directory */
};

/* A walk up a tree, one component per step. The scratch record holds the position. */
struct walk {
	struct scratch *scratch;
	__u32 used_max; /* the walk ends when scratch->used is above this value */
	enum walk_end end;
};

/*
 * Reads the two fields that a step needs. Where pointers can be cast, that is two loads. Before, it is one call of a
 * helper if the two fields have the same distance as in the link, and else two calls.
 */
#define read_link(link, second, object, parent_field, second_field)                    \
	do {                                                                           \
		if (bpf_rdonly_cast) {                                                 \
			(link).parent = untrusted(object)->parent_field;               \
			(link).second = untrusted(object)->second_field;               \
		} else if (bpf_core_field_offset((object)->second_field) -             \
				   bpf_core_field_offset((object)->parent_field) ==    \
			   __builtin_offsetof(typeof(link), second)) {                 \
			bpf_core_read(&(link), sizeof(link), &(object)->parent_field); \
		} else {                                                               \
			(link).parent = BPF_CORE_READ(object, parent_field);           \
			(link).second = BPF_CORE_READ(object, second_field);           \
		}                                                                      \
	} while (0)

/* A dentry's parent and name. */
struct dentry_link {
	struct dentry *parent;
	__u64 hash_and_length;
	const unsigned char *name;
};

/* The parent of a mount, and the mount point in the parent. */
struct mount_link {
	struct mount *parent;
	struct dentry *mountpoint;
};

/*
 * Goes from a dentry to its parent, or from the root of a mount to its mount point. The step reads all its state from
 * memory. So the verifier tracks no values of it, and all steps are equal to the verifier.
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
		walk->end = WALK_WHOLE; /* a memory file or a detached mount has no mount point */
		return 1;
	}
	s->dentry = (__u64)link.parent;
	return 0;
}

/* The longest path has fewer components than PATH_STEPS. Common paths have far fewer than 256. */
#define PATH_STEPS PATH_SIZE
#define PATH_STEPS_BEFORE_5_17 256

/*
 * Appends the components of a path up to the root directory of the process, leaf first and across mount points. So the
 * result is the path that the student sees. The algorithm is that of fs/d_path.c:prepend_path without its locks. A
 * rename at the same time can mix old and new names; it has no other effect.
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

/* The parent and the name of a cgroup's directory. */
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

#endif
