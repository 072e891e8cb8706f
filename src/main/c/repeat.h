/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
#ifndef REPEAT_H
#define REPEAT_H

#include "kernel.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

/*
 * Repeats a step until it returns 1. With bpf_loop (5.17) the verifier checks the step once. Older kernels check each
 * repetition, so the number of repetitions is lower there.
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

#endif
