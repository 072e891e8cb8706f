/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Reads a write(2) or writev(2) that has returned from the tracepoint sys_exit, on x86-64 and arm64, also for 32-bit
 * programs.
 */
#ifndef SYSTEM_CALL_H
#define SYSTEM_CALL_H

#include "kernel.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct pt_regs___x86 {
	unsigned long bx;
	unsigned long cx;
	unsigned long dx;
	unsigned long si;
	unsigned long di;
	unsigned long orig_ax;
};

/* orig_x0 is the first argument: the result has replaced regs[0]. */
struct pt_regs___arm64 {
	__u64 regs[31];
	__u64 orig_x0;
	__s32 syscallno;
};

struct thread_info {
	unsigned long flags;
	__u32 status;
};

struct task_struct___thread_info {
	struct thread_info thread_info;
};

#pragma clang attribute pop

/* arch/x86/include/asm/thread_info.h, arch/arm64/include/asm/thread_info.h */
#define TS_COMPAT 0x0002
#define TIF_32BIT 22

/* arch/x86/entry/syscalls/syscall_64.tbl, syscall_32.tbl; x32 calls have an additional bit */
#define X86_64_WRITE 1
#define X86_64_WRITEV 20
#define X32_WRITEV 516
#define X32_BIT 0x40000000
#define X86_32_WRITE 4
#define X86_32_WRITEV 146

/* include/uapi/asm-generic/unistd.h, arch/arm64/tools/syscall_32.tbl */
#define ARM64_WRITE 64
#define ARM64_WRITEV 66
#define ARM32_WRITE 4
#define ARM32_WRITEV 146

enum write_call {
	NO_WRITE = 0,
	WRITE = 1,
	WRITEV = 2,
};

static __always_inline bool is_x86(void)
{
	return bpf_core_field_exists(((struct pt_regs___x86 *)0)->orig_ax);
}

/* Whether the current system call is that of a 32-bit program: its pointers have 32 bits. */
static __always_inline bool is_compat(struct task_struct *task)
{
	struct task_struct___thread_info *with_info = (void *)task;

	if (is_x86())
		return with_info->thread_info.status & TS_COMPAT;
	return with_info->thread_info.flags & 1UL << TIF_32BIT;
}

/* The kind of a system call, and the place of its arguments. */
struct written {
	enum write_call call;
	bool compat;
	__u32 fd;
	__u64 from;
	__u64 count;
};

/* A number means another call in a 32-bit program: 20 is writev or getpid, 64 is write or getppid. */
static __always_inline enum write_call call_of(__u64 number, __u64 write, __u64 writev)
{
	return number == write ? WRITE : number == writev ? WRITEV : NO_WRITE;
}

static __always_inline void read_x86(struct written *written, void *registers, struct task_struct *task)
{
	struct pt_regs___x86 *regs = registers;
	__u64 number = regs->orig_ax & 0xffffffff;
	bool is_x32_writev = number == (X32_BIT | X32_WRITEV);
	enum write_call narrow = call_of(number, X86_32_WRITE, X86_32_WRITEV);
	enum write_call wide = is_x32_writev ? WRITEV : call_of(number & ~X32_BIT, X86_64_WRITE, X86_64_WRITEV);

	if (!narrow && !wide)
		return;
	if (is_compat(task)) {
		written->call = narrow;
		written->compat = true;
		written->fd = regs->bx;
		written->from = regs->cx & 0xffffffff;
		written->count = regs->dx & 0xffffffff;
		return;
	}
	written->call = wide;
	written->compat = is_x32_writev;
	written->fd = regs->di;
	written->from = regs->si;
	written->count = regs->dx;
}

static __always_inline void read_arm64(struct written *written, void *registers, struct task_struct *task)
{
	struct pt_regs___arm64 *regs = registers;
	__u64 number = (__u32)regs->syscallno;
	enum write_call narrow = call_of(number, ARM32_WRITE, ARM32_WRITEV);
	enum write_call wide = call_of(number, ARM64_WRITE, ARM64_WRITEV);

	if (!narrow && !wide)
		return;
	written->compat = is_compat(task);
	written->call = written->compat ? narrow : wide;
	written->fd = regs->orig_x0;
	written->from = written->compat ? (__u32)regs->regs[1] : regs->regs[1];
	written->count = written->compat ? (__u32)regs->regs[2] : regs->regs[2];
}

#endif
