// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Watches the processes of student containers: what each process executes, and how it ends.
 *
 * Two hooks write to one ring buffer. The exec hook sends the executed image. The exit hook sends the result and the
 * resource usage. Between the two hooks, a table holds one small entry per process. The hooks skip a process of another
 * hostname after one comparison. Counters record each event that a hook cannot send, by cause.
 *
 * Both hooks are BTF tracepoints. They need CAP_BPF and CAP_PERFMON, and neither tracefs nor perf_event_open(2).
 *
 * This file holds the maps and the hooks. The headers hold the functions that the hooks call.
 */
#include "kernel.h"
#include "path_walk.h"
#include "procmon.h"
#include "trust.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <linux/bpf.h>

/* ---- parameters and shared state ---------------------------------------------------------------- */

const volatile struct parameters parameters SEC(".rodata.parameters");

struct shared shared;

/* ---- preemption ---------------------------------------------------------------------------------- */

/*
 * Since 7.0 a tracepoint runs with preemption enabled (include/linux/tracepoint.h). The kernel skips a program that
 * already runs on the same processor (kernel/trace/bpf_trace.c). If a hook were preempted, the kernel would skip the
 * hook of the next process on this processor. Therefore the hooks disable preemption themselves.
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

/*
 * One slot per processor. A per-CPU map cannot be used: its values are limited to 32 KiB. A hook never runs twice at
 * the same time on one processor, so each slot has one user.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1); /* processors + 1 */
	__type(key, __u32);
	__type(value, struct scratch);
} scratch SEC(".maps");

/* User space sets the size of `groups` and of `processes` to parameters.group_mask + 1 entries. */
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

/* ---- counters and wake-ups ---------------------------------------------------------------------- */

#define count(counter) __sync_fetch_and_add(&shared.counter, 1)

/*
 * Wakes the reader if the reader waits. bpf_ringbuf_output decides about a wake-up before it commits a record, so this
 * function sends an empty, discarded record. If the ring has no space for it, the next hook tries again.
 */
static __always_inline void wake_reader_now(void)
{
	__u64 threshold = __sync_lock_test_and_set(&shared.wake_at, NEVER_WAKE);

	if (threshold == NEVER_WAKE)
		return;

	void *nothing = bpf_ringbuf_reserve(&ring, sizeof(__u64), 0);
	if (nothing)
		bpf_ringbuf_discard(nothing, BPF_RB_FORCE_WAKEUP);
	else
		__sync_val_compare_and_swap(&shared.wake_at, NEVER_WAKE, threshold);
}

/*
 * Wakes the reader if the ring holds as many bytes as the reader waits for. The hooks call this function after they
 * commit a record. The commit is a full barrier: if the reader did not see the record, then this function sees the
 * reader's wake_at.
 */
static __always_inline void wake_reader(void)
{
	__u64 threshold = *(volatile __u64 *)&shared.wake_at;

	if (threshold != NEVER_WAKE && bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA) >= threshold)
		wake_reader_now();
}

/* These headers use the maps and the parameters above. */
#include "process_table.h"
#include "token_buckets.h"
#include "exec_record.h"
#include "exit_record.h"
#include "student.h"

/* ---- exec --------------------------------------------------------------------------------------- */

/* Marks the entry of a watched process as a new image, so that its exit is not reported for the previous image. */
static __always_inline void skip_exec(struct task_struct *task)
{
	__u32 tgid = task->tgid;
	struct process *process = process_at(tgid, find_place(tgid, task->group_leader->start_boottime));

	if (process)
		process->end.image.exec_id = task->self_exec_id;
	count(lost_exec_throttled);
}

/* Stores the image and the resource usage of its process so far. Another exec of the process replaces the entry. */
static __always_inline bool remember(const struct exec_record *record, struct task_struct *task, int place,
				     __u64 cgroup_id)
{
	__u32 tgid = record->image.tgid;
	bool known = place >= 0;

	if (!known)
		place = take_place(cgroup_id, tgid);

	struct process *process = process_at(tgid, place);
	if (!process)
		return false;
	if (known)
		cgroup_id = process->end.cgroup_id; /* the container for which the place is counted */
	__builtin_memset(process, 0, sizeof(*process));
	process->end.kind = RECORD_EXIT;
	process->end.peak_pages = task->signal->maxrss;
	if (!(record->flags & EXEC_TAKEN_IN))
		fill_usage(&process->end, task);
	process->end.image = record->image;
	process->end.cgroup_id = cgroup_id;
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

/*
 * A process belongs to the container that it is in: a student may give a process another hostname, in a UTS namespace
 * of its own or in that of the container.
 */
static __always_inline bool is_watched(struct task_struct *task, struct kernfs_node *container)
{
	return is_student(task) || is_container(container->id);
}

/* `bprm` is NULL if the exec has failed. */
static __always_inline void begin(struct task_struct *task, struct linux_binprm *bprm)
{
	struct kernfs_node *container = control_group(task);

	if (!is_watched(task, container))
		return;

	__u64 now = bpf_ktime_get_boot_ns();
	__u64 size = bprm ? argv_size(task) : 0;
	if (!take_tokens(container->id, now, size)) {
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
	if (!remember(&s->record, task, find_place(s->record.image.tgid, s->record.image.start_ns), container->id))
		return;
	append_executable(s, task);
	append_cwd(s, task);
	append_control_group(s, container);
	if (bprm) {
		s->record.filename_size = append_string(s, bprm->filename, PATH_SIZE);
		if (s->record.filename_size == PATH_SIZE)
			s->record.flags |= EXEC_FILENAME_CUT;
		append_argv(s, task, size);
	} else {
		s->record.flags |= EXEC_FAILED | EXEC_ARGV_UNREADABLE;
	}
	send_exec(s);
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, int old_pid, struct linux_binprm *bprm)
{
	without_preemption(begin(for_loads(task), bprm));
	return 0;
}

/*
 * execve can fail after it has replaced the address space: a segment does not fit into memory, or cannot be mapped.
 * Then there is nothing to return to. The kernel sends the process SIGSEGV (bprm_execve in fs/exec.c), and
 * sched_process_exec never fires. While this signal is sent, the new address space still has its file. At
 * sched_process_exit it is gone.
 *
 * create_elf_tables in fs/binfmt_elf.c sets env_end as nearly the last step of an exec. So in the address space of a
 * program that has begun, it is not 0.
 */
static __always_inline void fail(struct task_struct *task)
{
	struct mm_struct *mm = task->mm;

	if (!mm || mm->env_end)
		return;

	/* The exec failed before it replaced the image: the end is that of the previous image. */
	__u32 tgid = task->tgid;
	struct process *process = process_at(tgid, find_place(tgid, task->group_leader->start_boottime));
	if (process && process->end.image.exec_id == (__u32)task->self_exec_id)
		return;
	begin(task, NULL);
}

SEC("tp_btf/signal_generate")
int BPF_PROG(on_signal, int sig, void *info, struct task_struct *task)
{
	if (sig == SIGSEGV)
		without_preemption(fail(for_loads(task)));
	return 0;
}

/* ---- exit --------------------------------------------------------------------------------------- */

/*
 * The tracepoint fires for each thread. The process has ended when no thread is left alive. Two threads that end at
 * the same moment may both see this; only one of them changes the state of the entry.
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
		wake_reader_now(); /* the reader may have emptied the ring in the meantime, and then waits for a wake-up
				    */
		return;
	}
	release_place(process->end.cgroup_id);
	free_place(tgid, place);
	count(exit_records);
	wake_reader();
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	without_preemption(end(for_loads(task)));
	return 0;
}

/* ---- processes that were running before ---------------------------------------------------------- */

/*
 * The iterator runs after the hooks are attached. A read(2) of it returns when the program has written as many bytes as
 * the reader asks for (bpf_seq_read in kernel/bpf/bpf_iter.c). The program writes one byte for each record, so the
 * reader sets how many records it gets at once. The iterator does not read the arguments: the student may have mapped a
 * file on a FUSE mount at their address, and reading that file could block. The reader in user space reads them.
 */
SEC("iter/task")
int take_in(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	__u32 slot = parameters.iterator_slot;
	char written = 0;

	if (!task)
		return 0;
	task = for_loads(task);
	if (task->pid != task->tgid || task->flags & PF_KTHREAD || !task->mm)
		return 0;

	struct kernfs_node *container = control_group(task);
	if (shared.students_taken_in ? is_student(task) || !is_container(container->id) : !is_student(task))
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
		return 0; /* the exec hook has already sent this image */
	if (!remember(&s->record, task, -1, container->id))
		return 0;
	append_executable(s, task);
	append_cwd(s, task);
	append_control_group(s, container);
	s->record.argv_size = argv_size(task);
	s->record.flags |= EXEC_ARGV_UNREADABLE;
	send_exec(s);
	bpf_seq_write(ctx->meta->seq, &written, sizeof(written));
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
