/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The data of a process that a signal ends: its registers, the upper end of its stack, and the files from which its
 * code was mapped. User space finds the functions and the lines.
 *
 * The rules of procmon.h apply: fixed widths, no implicit padding, and Java layouts with the same member names
 * (io.procmon.bpf.CrashLayouts), which a test compares with the BTF of this object.
 */
#ifndef CRASH_H
#define CRASH_H

#include "kernel.h"
#include "procmon.h"

/* The crashes that can be kept at a time, and those of one container. */
#define CRASHES 24
#define CRASHES_PER_CONTAINER 6

/* The bytes of the stack that are kept. A frame of a function without large arrays has about 100 bytes. */
#define STACK_SIZE 16384
#define STACK_PIECE 512

/* Frames of functions that keep a frame pointer, also beyond the part of the stack that is kept. */
#define CHAIN_MAX 32

/* A C program maps the code of three files, a C++ program of six. */
#define MAPPINGS_MAX 24

/* The paths of these files. See path_walk.h: the last PATH_SIZE bytes are the space that a walk may need. */
#define PATHS_SIZE 4096
#define DATA_SIZE (PATHS_SIZE + PATH_SIZE)

#include "path_walk.h"

/* Registers, numbered as in the DWARF supplement of the processor. The last is the program counter. */
#define REGISTERS 33

enum crash_state {
	CRASH_FREE = 0,
	CRASH_OPEN = 1, /* a hook fills it */
	CRASH_COMPLETE = 2, /* user space takes it and frees it */
};

/* The processor of the registers; the values are those of e_machine in an ELF file. */
enum machine {
	MACHINE_386 = 3,
	MACHINE_X86_64 = 62,
	MACHINE_AARCH64 = 183,
};

/* Executable memory that was mapped from a file. */
struct code_mapping {
	__u64 start;
	__u64 end;
	__u64 page_offset; /* in the file, in pages */
	__u64 inode;
	__u64 mtime_ns; /* since the epoch */
	__u64 size; /* of the file */
	__u32 path_at; /* in crash.paths.data: components with their NUL, leaf first */
	__u32 path_size; /* 0: the path is too long */
};

/* A frame: its address, and the two words to which its frame pointer points. */
struct chain_link {
	__u64 address;
	__u64 caller; /* the frame pointer of the caller */
	__u64 return_address;
};

struct crash {
	struct image_key image;
	__u64 cgroup_id;
	__u64 at_ns; /* boot clock */
	__u64 address; /* si_addr */
	__u64 registers[REGISTERS];
	__u64 pivots[16]; /* work space */
	__u64 next; /* the address at which the walk through the address space continues */
	__u32 state; /* enum crash_state */
	__u32 signal;
	__s32 code; /* si_code */
	__u32 machine; /* enum machine */
	__u32 stack_size; /* bytes of `stack` */
	__u32 chain_size; /* links of `chain` */
	__u32 mapping_count;
	__u32 padding;
	struct code_mapping mappings[MAPPINGS_MAX];
	struct chain_link chain[CHAIN_MAX];
	__u8 stack[STACK_SIZE];
	struct scratch paths;
};

/* Both sides map this memory. */
struct crash_counters {
	__u64 complete; /* crashes that became CRASH_COMPLETE */
	__u64 lost_no_place; /* no place was free */
	__u64 lost_container_full; /* the container had CRASHES_PER_CONTAINER */
};

/* User space sets the parameters before it loads the program. */
struct crash_parameters {
	__u64 hostname_prefix[HOSTNAME_PREFIX_MAX / 8];
	__u64 hostname_prefix_mask[HOSTNAME_PREFIX_MAX / 8];
};

#endif
