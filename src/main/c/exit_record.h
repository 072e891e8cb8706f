/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The parts of an exit record.
 */
#ifndef EXIT_RECORD_H
#define EXIT_RECORD_H

#include "kernel.h"
#include "procmon.h"
#include "repeat.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>

/* Stores the resource usage of the process so far. The exit hook subtracts it from the usage at the end. */
static __always_inline void fill_usage(struct exit_record *usage, struct task_struct *task)
{
	struct signal_struct *signal = task->signal;

	usage->utime_ns = signal->utime + task->utime;
	usage->stime_ns = signal->stime + task->stime;
	usage->runtime_ns = signal->sum_sched_runtime + task->se.sum_exec_runtime;
}

/* The algorithm is that of kernel/exit.c:wait_task_zombie. */
static __always_inline __u32 wait_status(struct task_struct *task)
{
	struct signal_struct *signal = task->signal;

	return signal->flags & SIGNAL_GROUP_EXIT ? signal->group_exit_code : task->group_leader->exit_code;
}

/* A walk over the threads of a process. */
struct thread_walk {
	struct exit_record *usage;
	struct task_struct *task; /* the current thread, which is already counted */
	struct list_head *head;
	struct list_head *node;
};

/* Adds the usage of one thread, and goes to the next. */
static long thread_step(__u32 index, struct thread_walk *walk)
{
	struct list_head *node = walk->node;

	if (!node || node == walk->head)
		return 1;

	struct task_struct *thread = (void *)node - bpf_core_field_offset(struct task_struct, thread_node);
	if (thread != walk->task) {
		walk->usage->utime_ns += BPF_CORE_READ(thread, utime);
		walk->usage->stime_ns += BPF_CORE_READ(thread, stime);
		walk->usage->runtime_ns += BPF_CORE_READ(thread, se.sum_exec_runtime);
	}
	walk->node = BPF_CORE_READ(node, next);
	return 0;
}

#define THREADS_MAX 64

/* Adds the usage of threads that have ended, but whose usage the kernel has not yet added to signal_struct. */
static __always_inline void add_other_threads(struct exit_record *usage, struct task_struct *task)
{
	struct signal_struct *signal = task->signal;
	struct list_head *head = (void *)signal + bpf_core_field_offset(struct signal_struct, thread_head);
	struct thread_walk walk = {.usage = usage, .task = task, .head = head, .node = BPF_CORE_READ(head, next)};

	repeat(THREADS_MAX, THREADS_MAX, thread_step, &walk);
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
 * An exec does not reset signal_struct.maxrss: the child of a 400 MB editor would be reported with 400 MB. Since 6.16
 * the hook runs before the kernel releases the address space, which belongs to this image alone (4bcb4a4a0d4c "exit:
 * move trace_sched_process_exit earlier"). Before 6.16, maxrss belongs to this image only if it has grown since the
 * exec.
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

/* Completes an entry of the table: the usage at exec becomes the usage since exec. */
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

#endif
