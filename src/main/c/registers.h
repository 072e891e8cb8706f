/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The registers of a process, in the numbering of DWARF: the psABI supplements of x86-64, i386 and arm64.
 */
#ifndef REGISTERS_H
#define REGISTERS_H

#include "crash.h"
#include "kernel.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <linux/bpf.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct pt_regs___x86 {
	unsigned long r15, r14, r13, r12, bp, bx;
	unsigned long r11, r10, r9, r8, ax, cx, dx, si, di;
	unsigned long ip, sp;
	unsigned short cs;
};

struct pt_regs___arm64 {
	__u64 regs[31];
	__u64 sp;
	__u64 pc;
	__u64 pstate;
};

#pragma clang attribute pop

/* arch/x86/include/asm/segment.h: the code segment of 32-bit programs */
#define USER32_CS 0x23

/* arch/arm64/include/uapi/asm/ptrace.h: a 32-bit program runs */
#define PSR_MODE32_BIT 0x10

struct user_registers {
	__u64 stack;
	__u64 frame;
	__u64 counter;
	__u32 machine; /* 0: a processor that procmon does not know */
};

static __always_inline void keep_x86(struct user_registers *known, __u64 *to, void *from)
{
	struct pt_regs___x86 *regs = from;
	__u64 ax = BPF_CORE_READ(regs, ax), bx = BPF_CORE_READ(regs, bx), cx = BPF_CORE_READ(regs, cx);
	__u64 dx = BPF_CORE_READ(regs, dx), si = BPF_CORE_READ(regs, si), di = BPF_CORE_READ(regs, di);

	known->stack = BPF_CORE_READ(regs, sp);
	known->frame = BPF_CORE_READ(regs, bp);
	known->counter = BPF_CORE_READ(regs, ip);
	if ((BPF_CORE_READ(regs, cs) & 0xffff) == USER32_CS) {
		known->machine = MACHINE_386;
		to[0] = ax;
		to[1] = cx;
		to[2] = dx;
		to[3] = bx;
		to[4] = known->stack;
		to[5] = known->frame;
		to[6] = si;
		to[7] = di;
		to[8] = known->counter;
		return;
	}
	known->machine = MACHINE_X86_64;
	to[0] = ax;
	to[1] = dx;
	to[2] = cx;
	to[3] = bx;
	to[4] = si;
	to[5] = di;
	to[6] = known->frame;
	to[7] = known->stack;
	to[8] = BPF_CORE_READ(regs, r8);
	to[9] = BPF_CORE_READ(regs, r9);
	to[10] = BPF_CORE_READ(regs, r10);
	to[11] = BPF_CORE_READ(regs, r11);
	to[12] = BPF_CORE_READ(regs, r12);
	to[13] = BPF_CORE_READ(regs, r13);
	to[14] = BPF_CORE_READ(regs, r14);
	to[15] = BPF_CORE_READ(regs, r15);
	to[16] = known->counter;
}

static __always_inline void keep_arm64(struct user_registers *known, __u64 *to, void *from)
{
	struct pt_regs___arm64 *regs = from;

	if (BPF_CORE_READ(regs, pstate) & PSR_MODE32_BIT)
		return;
	known->machine = MACHINE_AARCH64;
	known->stack = BPF_CORE_READ(regs, sp);
	known->frame = BPF_CORE_READ(regs, regs[29]);
	known->counter = BPF_CORE_READ(regs, pc);
	bpf_core_read(to, 31 * sizeof(*to), &regs->regs);
	to[31] = known->stack;
	to[32] = known->counter;
}

static __always_inline void keep_registers(struct user_registers *known, __u64 *to, void *from)
{
	if (bpf_core_field_exists(((struct pt_regs___x86 *)0)->r15))
		keep_x86(known, to, from);
	else
		keep_arm64(known, to, from);
}

#endif
