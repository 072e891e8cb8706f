// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Captures the output of compilers, interpreters and programs of student containers to file descriptor 2.
 *
 * Each process image has one bounded text: the first and the last bytes. User space maps the texts and takes a text
 * after its process has ended. Nothing is sent.
 *
 * A process is captured if user space has permitted its image. User space decides some milliseconds after an exec. So a
 * process of the first seconds is captured too, unless its executable has the name of a shell, an editor or a remote
 * shell. If user space does not permit it, its text is dropped unread.
 *
 * The descriptor decides, and not the file: on a terminal, standard output and standard error are one file.
 *
 * There are two ways to see a write, and user space loads one of them. fexit costs a foreign process 100 ns a write.
 * Where the kernel refuses trampolines, the tracepoint sys_exit costs about 15 ns a system call; user space attaches it
 * while a captured process runs.
 */
#include "capture.h"
#include "kernel.h"
#include "system_call.h"
#include "student.h"
#include "trust.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <linux/bpf.h>

/* The parts of a writev(2) that are read. The C libraries and the tools write two to eight. */
#define SEGMENTS_MAX 16

#define STANDARD_ERROR 2

/* ---- parameters and shared state ---------------------------------------------------------------- */

const volatile struct capture_parameters parameters SEC(".rodata.parameters");

struct capture capture;

/* ---- maps --------------------------------------------------------------------------------------- */

/* The text of each process: by process id, the index in capture.texts. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 2 * TEXTS);
	__type(key, __u32);
	__type(value, __u32);
} owners SEC(".maps");

/* The number of texts of each container, by the id of its cgroup. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64);
	__type(value, __u64);
} containers SEC(".maps");

#define count(counter) __sync_fetch_and_add(&capture.counter, 1)

/* ---- who is captured ---------------------------------------------------------------------------- */

static __always_inline bool is_permitted(struct task_struct *task)
{
	struct image_key *image = &capture.permitted[(__u32)task->tgid & (PERMITTED_MAX - 1)];

	return image->tgid == (__u32)task->tgid && image->start_ns == task->group_leader->start_boottime &&
	       image->exec_id == (__u32)task->self_exec_id;
}

static __always_inline bool is_young(struct task_struct *task)
{
	return bpf_ktime_get_boot_ns() - task->group_leader->start_boottime < parameters.undecided_ns;
}

static __always_inline bool is_private(struct task_struct *task)
{
	__u64 name[PROGRAM_NAME_SIZE / 8] = {};

	if (bpf_probe_read_kernel_str(name, sizeof(name),
				      BPF_CORE_READ(task, mm, exe_file, f_path.dentry, d_name.name)) < 0)
		return true;
	for (int i = 0; i < PRIVATE_PROGRAMS_MAX; i++) {
		const volatile __u64 *private = (const volatile __u64 *)parameters.private_programs[i];

		if (private[0] == name[0] && private[1] == name[1])
			return true;
	}
	return false;
}

/* ---- the text of a process ---------------------------------------------------------------------- */

/* The barriers keep the compiler from removing the check, or from computing the address before it. */
static __always_inline struct text *text_at(__u32 index)
{
	barrier_var(index);
	if (index >= TEXTS)
		return NULL;
	barrier_var(index);
	return &capture.texts[index];
}

static __always_inline __u64 container_of_task(struct task_struct *task)
{
	return task->cgroups->dfl_cgrp->kn->id;
}

static __always_inline bool enter_container(__u64 cgroup_id)
{
	__u64 one = 1;
	__u64 *texts = bpf_map_lookup_elem(&containers, &cgroup_id);

	if (!texts)
		return bpf_map_update_elem(&containers, &cgroup_id, &one, BPF_NOEXIST) == 0;
	if (*texts >= TEXTS_PER_CONTAINER)
		return false;
	__sync_fetch_and_add(texts, 1);
	return true;
}

static __always_inline void leave_container(__u64 cgroup_id)
{
	__u64 *texts = bpf_map_lookup_elem(&containers, &cgroup_id);

	if (texts && *texts > 0)
		__sync_fetch_and_add(texts, -1);
}

/*
 * Takes a free text. Returns its index; -1 if there is none. This is a global function: the verifier checks it once.
 * The search begins at a place that depends on the process, so that it is short.
 */
__noinline int claim_text(__u32 from)
{
	for (int i = 0; i < TEXTS; i++) {
		struct text *text = text_at((from + i) % TEXTS);

		if (text && text->state == TEXT_FREE &&
		    __sync_val_compare_and_swap(&text->state, TEXT_FREE, TEXT_OPEN) == TEXT_FREE)
			return (from + i) % TEXTS;
	}
	return -1;
}

static __always_inline void set_image(struct text *text, struct task_struct *task)
{
	text->image.start_ns = task->group_leader->start_boottime;
	text->image.tgid = task->tgid;
	text->image.exec_id = task->self_exec_id;
	text->first_ns = bpf_ktime_get_boot_ns();
	text->bytes = 0;
	text->unread_bytes = 0;
	text->writes = 0;
}

static __always_inline int begin_text(struct task_struct *task, __u32 tgid)
{
	if (!is_permitted(task) && (!is_young(task) || is_private(task))) {
		count(refused);
		return -1;
	}
	__u64 cgroup_id = container_of_task(task);
	if (!enter_container(cgroup_id)) {
		count(lost_container_full);
		return -1;
	}
	__u32 index = claim_text(tgid);
	struct text *text = text_at(index);
	if (!text) {
		count(lost_no_text);
		leave_container(cgroup_id);
		return -1;
	}
	set_image(text, task);
	text->cgroup_id = cgroup_id;
	if (bpf_map_update_elem(&owners, &tgid, &index, BPF_NOEXIST) == 0)
		return index;

	/* Another thread of the process was faster, or the map refuses. */
	__sync_lock_test_and_set(&text->state, TEXT_FREE);
	leave_container(cgroup_id);
	__u32 *others = bpf_map_lookup_elem(&owners, &tgid);
	if (!others) {
		count(lost_no_text);
		return -1;
	}
	return *others;
}

/* The index of the text to which a process writes; -1 if there is none. */
static __always_inline int text_of(struct task_struct *task)
{
	__u32 tgid = task->tgid;
	__u32 *index = bpf_map_lookup_elem(&owners, &tgid);

	if (!index)
		return begin_text(task, tgid);

	struct text *text = text_at(*index);
	if (!text)
		return -1;
	if (text->image.exec_id != (__u32)task->self_exec_id ||
	    text->image.start_ns != task->group_leader->start_boottime)
		set_image(text, task); /* another exec has ended all threads that could still write here */
	if (is_permitted(task) || (is_young(task) && !is_private(task)))
		return *index;

	/* Another thread may be about to write: user space frees the text later. */
	if (bpf_map_delete_elem(&owners, &tgid) == 0) {
		leave_container(text->cgroup_id);
		__sync_lock_test_and_set(&text->state, TEXT_DROPPED);
	}
	count(refused);
	return -1;
}

/* ---- the bytes of a text ------------------------------------------------------------------------ */

/* Returns the bytes that could not be read: they are zeroes. */
static __always_inline __u64 keep(__u64 at, __u64 from, __u64 size)
{
	if (at >= TEXT_BYTES || size > TEXT_PART)
		return size;
	barrier_var(at);
	barrier_var(size);
	if (at >= TEXT_BYTES || size > TEXT_PART)
		return size;
	return bpf_probe_read_user(&capture.bytes[at], size, (void *)from) ? size : 0;
}

static __always_inline __u64 smaller(__u64 a, __u64 b)
{
	return a < b ? a : b;
}

/* Stores bytes of a text, the first of which has the number `number`. Returns how many of them could not be read. */
__noinline __u64 store(__u32 index, __u64 number, __u64 from, __u64 size)
{
	__u64 head = (__u64)index * 2 * TEXT_PART;
	__u64 tail = head + TEXT_PART;
	__u64 unread = 0;

	if (number < TEXT_PART) {
		__u64 part = smaller(size, TEXT_PART - number);

		unread += keep(head + number, from, part);
		number += part;
		from += part;
		size -= part;
	}
	if (size > TEXT_PART) {
		number += size - TEXT_PART;
		from += size - TEXT_PART;
		size = TEXT_PART;
	}
	if (!size)
		return unread;

	__u64 place = (number - TEXT_PART) % TEXT_PART;
	__u64 part = smaller(size, TEXT_PART - place);

	unread += keep(tail + place, from, part);
	if (size > part)
		unread += keep(tail, from + part, size - part);
	return unread;
}

struct segment {
	__u64 base;
	__u64 size;
};

static __always_inline bool read_segment(struct segment *segment, const struct written *written, __u32 i)
{
	__u32 compat[2];

	if (!written->compat)
		return bpf_probe_read_user(segment, sizeof(*segment), (void *)(written->from + i * sizeof(*segment))) ==
		       0;
	if (bpf_probe_read_user(compat, sizeof(compat), (void *)(written->from + i * sizeof(compat))))
		return false;
	segment->base = compat[0];
	segment->size = compat[1];
	return true;
}

static __always_inline __u64 store_segments(__u32 index, __u64 number, const struct written *written, __u64 size)
{
	__u64 unread = 0;

	for (__u32 i = 0; i < SEGMENTS_MAX && size > 0 && i < written->count; i++) {
		struct segment segment = {};

		if (!read_segment(&segment, written, i))
			break;
		__u64 part = smaller(segment.size, size);
		unread += store(index, number, segment.base, part);
		number += part;
		size -= part;
	}
	return unread + size;
}

/* The self-test of user space writes from a place in its memory that no other process uses for a write. */
static __always_inline void probe(__u64 from)
{
	if (from == capture.probe)
		count(probes);
}

static __always_inline void take(const struct written *written, __u64 size)
{
	struct task_struct *current = bpf_get_current_task_btf();

	/* Each foreign write to standard error runs these loads: one instruction through a trusted pointer. */
	if (!is_student(current))
		return;
	struct task_struct *task = for_loads(current);
	int index = text_of(task);
	struct text *text = text_at(index);
	if (!text)
		return;
	__u64 number = __sync_fetch_and_add(&text->bytes, size);
	__u64 unread = written->call == WRITE ? store(index, number, written->from, size)
					      : store_segments(index, number, written, size);
	__sync_fetch_and_add(&text->writes, 1);
	if (unread)
		__sync_fetch_and_add(&text->unread_bytes, unread);
}

/* ---- hooks -------------------------------------------------------------------------------------- */

SEC("fexit/ksys_write")
int BPF_PROG(on_write, unsigned int fd, const char *from, unsigned long size, long result)
{
	if (result <= 0)
		return 0;
	if (fd != STANDARD_ERROR) {
		probe((__u64)from);
		return 0;
	}
	struct written written = {.call = WRITE, .fd = fd, .from = (__u64)from};
	take(&written, result);
	return 0;
}

SEC("fexit/do_writev")
int BPF_PROG(on_writev, unsigned long fd, const void *segments, unsigned long number, int flags, long result)
{
	if (result <= 0)
		return 0;
	if (fd != STANDARD_ERROR) {
		probe((__u64)segments);
		return 0;
	}
	struct written written = {.call = WRITEV,
				  .compat = is_compat(bpf_get_current_task_btf()),
				  .fd = fd,
				  .from = (__u64)segments,
				  .count = number};
	take(&written, result);
	return 0;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_sys_exit, struct pt_regs *registers, long result)
{
	struct written written = {};

	if (result <= 0)
		return 0;
	if (is_x86())
		read_x86(&written, registers, bpf_get_current_task_btf());
	else
		read_arm64(&written, registers, bpf_get_current_task_btf());
	if (!written.call)
		return 0;
	if (written.fd != STANDARD_ERROR) {
		probe(written.from);
		return 0;
	}
	take(&written, result);
	return 0;
}

/*
 * Attached before the exit hook of procmon.bpf.c: the kernel calls hooks in the order in which they were attached, so
 * the text has ended when user space sees the exit record.
 */
SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_end, struct task_struct *task)
{
	if (task->signal->live.counter != 0)
		return 0;

	__u32 tgid = task->tgid;
	__u32 *owned = bpf_map_lookup_elem(&owners, &tgid);
	if (!owned)
		return 0;
	struct text *text = text_at(*owned);
	if (bpf_map_delete_elem(&owners, &tgid) || !text)
		return 0;
	leave_container(text->cgroup_id);
	if (text->image.exec_id != (__u32)task->self_exec_id) {
		__sync_lock_test_and_set(&text->state, TEXT_FREE); /* the text of an earlier image of this process */
		return 0;
	}
	__sync_lock_test_and_set(&text->state, TEXT_ENDED);
	count(ended);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
