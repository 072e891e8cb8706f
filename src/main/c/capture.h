/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The memory that the capture of diagnostics shares with user space: the texts that watched processes write to file
 * descriptor 2.
 *
 * The rules of procmon.h apply: fixed widths, no implicit padding, and Java layouts with the same member names
 * (io.procmon.bpf.CaptureLayouts), which a test compares with the BTF of this object.
 */
#ifndef CAPTURE_H
#define CAPTURE_H

#include "kernel.h"
#include "procmon.h"

/* The texts that can be kept at a time, and the bytes of each end of a text. */
#define TEXTS 320
#define TEXT_PART 4096
#define TEXT_BYTES (2 * TEXT_PART * TEXTS)

/* The texts that the processes of one container may have at a time. */
#define TEXTS_PER_CONTAINER 64

/* Images whose text user space has asked for. A power of two; the process id selects the entry. */
#define PERMITTED_MAX 4096

/* The name of an executable with its NUL, as far as it is compared. */
#define PROGRAM_NAME_SIZE 16
#define PRIVATE_PROGRAMS_MAX 64

enum text_state {
	TEXT_FREE = 0,
	TEXT_OPEN = 1, /* its process runs */
	TEXT_ENDED = 2, /* its process has ended: user space takes the text and frees it */
	TEXT_DROPPED = 3, /* not permitted: user space frees it */
};

/*
 * What one process image has written. The first TEXT_PART bytes are the head. The tail is a ring of the last TEXT_PART
 * bytes after the head: byte number n is at (n - TEXT_PART) % TEXT_PART.
 */
struct text {
	struct image_key image;
	__u64 cgroup_id;
	__u64 first_ns; /* first write, boot clock */
	__u64 bytes; /* all bytes that were written */
	__u64 unread_bytes; /* of these, bytes that could not be read; they are zeroes in the text */
	__u64 writes;
	__u32 state; /* enum text_state */
	__u32 padding;
};

/* Both sides map this memory. */
struct capture {
	__u64 probe; /* self-test: an address in user space; 0: none */
	__u64 probes; /* writes that the hooks have seen from this address, not to standard error */
	__u64 ended; /* texts that became TEXT_ENDED */
	__u64 lost_no_text; /* first writes without a free text */
	__u64 lost_container_full; /* first writes of a container that has TEXTS_PER_CONTAINER texts */
	__u64 refused; /* first writes of programs that user space has not permitted in time */
	struct image_key permitted[PERMITTED_MAX];
	struct text texts[TEXTS];
	/* Head and tail of each text. The last part is never used: it lets the verifier see that no write leaves the
	 * array. */
	__u8 bytes[TEXT_BYTES + TEXT_PART];
};

/* User space sets the parameters before it loads the programs. */
struct capture_parameters {
	__u64 hostname_prefix[HOSTNAME_PREFIX_MAX / 8];
	__u64 hostname_prefix_mask[HOSTNAME_PREFIX_MAX / 8];
	/* A younger process is captured before user space has decided about it. */
	__u64 undecided_ns;
	/* Except if its executable has one of these names: shells, editors, remote shells. */
	char private_programs[PRIVATE_PROGRAMS_MAX][PROGRAM_NAME_SIZE];
};

#endif
