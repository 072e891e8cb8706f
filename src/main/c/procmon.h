/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The records that cross from the kernel to user space, and the two variables that both sides share.
 *
 * Every member has a fixed width and stands at a multiple of it, padding is written out, and a record
 * is zeroed before it is filled: no hole can leak kernel bytes, and the Java layouts of the same
 * member names (io.procmon.bpf.KernelLayouts) can be compared with this object's BTF.
 */
#ifndef PROCMON_H
#define PROCMON_H

/* UTS hostname with its NUL: __NEW_UTS_LEN + 1, include/uapi/linux/utsname.h */
#define HOSTNAME_SIZE 65

/* Longest path with its NUL: include/uapi/linux/limits.h */
#define PATH_SIZE 4096

/* Longest component of a path with its NUL: NAME_MAX + 1 */
#define NAME_SIZE 256

/* Longest path of a cgroup that is kept: container runtimes need some 300 bytes. */
#define CGROUP_SIZE 2048

/* argv up to this many bytes is sent whole ... */
#define ARGV_WHOLE_MAX 32768
/* ... and of a longer one this much from either end: source files stand at the end of long lines. */
#define ARGV_PART 16384

/* The longest prefix by which student hostnames can be told from others. */
#define HOSTNAME_PREFIX_MAX 16

enum record_kind {
	RECORD_EXEC = 1,
	RECORD_EXIT = 2,
};

/* What a reader of a record must know about how it was made. */
enum exec_flag {
	EXEC_TAKEN_IN = 1 << 0, /* was running before the program was attached */
	EXEC_EXE_DELETED = 1 << 1, /* no name leads to the executable any more */
	EXEC_EXE_MEMORY = 1 << 2, /* the executable never had a name: memfd_create(2) */
	EXEC_EXE_CUT = 1 << 3, /* deeper or longer than fits; the leaf end is kept */
	EXEC_CWD_CUT = 1 << 4,
	EXEC_CGROUP_CUT = 1 << 5,
	EXEC_FILENAME_CUT = 1 << 6,
	EXEC_ARGV_CUT = 1 << 7, /* head and tail only; argv_size has the full length */
	EXEC_ARGV_UNREADABLE = 1 << 8, /* argv could not be read, or of a process taken in: was not */
};

enum exit_flag {
	EXIT_PEAK_INHERITED = 1 << 0, /* peak_pages is what the image before the exec had: an upper bound */
};

/*
 * One process image, from its exec to its end. A reused pid has another start time; another exec of
 * the same process has another exec_id (task_struct.self_exec_id counts them).
 */
struct image_key {
	__u64 start_ns; /* start of the process, boot clock */
	__u32 tgid;
	__u32 exec_id;
};

/*
 * Followed by its texts, whose sizes it holds: executable, cwd and cgroup as NUL-terminated components, leaf first;
 * then the executed file name; then argv, each argument with its NUL.
 */
struct exec_record {
	struct image_key image;
	__u32 kind; /* RECORD_EXEC */
	__u32 flags; /* enum exec_flag */
	struct image_key parent; /* nearest ancestor that is watched too; tgid 0: none */
	__u64 exec_ns; /* boot clock; of a process taken in, its start */
	__u64 cgroup_id;
	__u64 exe_inode;
	__u64 exe_mtime_ns; /* since the epoch */
	__u64 argv_size; /* bytes of the whole argv, also where it is cut */
	__u32 exe_dev; /* major << 20 | minor, as in include/linux/kdev_t.h */
	__u32 ppid;
	__u32 ns_pid; /* the tgid as the process itself sees it */
	__u32 uid; /* in the initial user namespace */
	__u32 exe_size;
	__u32 cwd_size;
	__u32 cgroup_size;
	__u32 filename_size;
	__u32 argv_head_size;
	__u32 argv_tail_size;
	char hostname[HOSTNAME_SIZE];
	__u8 padding[7];
};

struct exit_record {
	struct image_key image;
	__u32 kind; /* RECORD_EXIT */
	__u32 flags; /* enum exit_flag */
	__u64 end_ns; /* boot clock */
	__u64 utime_ns; /* of this image, as the scheduler's tick sampled it */
	__u64 stime_ns;
	__u64 runtime_ns; /* of this image, as the scheduler measured it */
	__u64 peak_pages; /* peak resident set, in pages */
	__u32 wait_status; /* as waitpid(2) reports it */
	__u32 padding;
};

/* Set by user space before the program is loaded; constants to the verifier. */
struct parameters {
	/* Hostnames that start so are students'; as words, so that two comparisons decide. */
	__u64 hostname_prefix[HOSTNAME_PREFIX_MAX / 8];
	__u64 hostname_prefix_mask[HOSTNAME_PREFIX_MAX / 8];
	/* A container may start one image every exec_interval_ns, and ahead of that as many as fit exec_burst_ns; 0:
	 * any. */
	__u64 exec_interval_ns;
	__u64 exec_burst_ns;
	__u32 iterator_slot; /* of `scratch`, behind those of the processors */
	__u32 group_mask; /* groups - 1; there is a power of two of them */
};

/* Mapped by both sides. Each of `lost_*` counts events that user space never gets. */
struct shared {
	/*
	 * How full the ring has to be, in bytes, for the reader to be woken. The reader sets it before it
	 * blocks and then looks at the ring once more; whoever wakes the reader resets it to NEVER_WAKE. So a
	 * burst costs one wake-up (some 30 us, which the traced process pays), and a lone record arrives at once.
	 */
	__u64 wake_at;
	__u64 exec_records; /* handed to the ring */
	__u64 exit_records;
	__u64 parked_exits; /* ring full: kept in the table of processes until user space fetches them */
	__u64 lost_exec_ring_full;
	__u64 lost_exec_table_full;
	__u64 lost_exec_no_scratch;
	__u64 lost_exec_throttled;
};

#define NEVER_WAKE (~0ULL)

/* The state of a watched process between its hooks. */
enum process_state {
	PROCESS_RUNNING = 0,
	PROCESS_ENDING = 1, /* one thread has taken the end upon itself */
	PROCESS_PARKED = 2, /* the ring was full: `end` is complete and waits to be fetched */
};

struct process {
	struct exit_record end; /* while running: the values at exec, to subtract */
	__u32 state; /* enum process_state */
	__u32 padding;
};

/*
 * The table of watched processes: an array of places in groups, and an array of the process ids that hold them, a
 * group in a cache line. A hash map would do, but its buckets are cold whenever a process comes or goes (some 200 ns
 * each time); process ids are given out one after the other, and here neighbours share a line.
 */
#define GROUP_SIZE 16

struct group {
	__u32 tgids[GROUP_SIZE]; /* 0: the place is free */
};

struct places {
	struct process processes[GROUP_SIZE];
};

/*
 * What a container may still start: a token bucket in the form of the generic cell rate algorithm (ITU-T I.371), whose
 * whole state is one time. In sets of a few, found by the cgroup's id; a newcomer takes the place of the idlest.
 */
#define BUCKETS_PER_SET 4
#define BUCKET_SETS 1024

struct bucket {
	__u64 cgroup_id;
	__u64 full_at_ns; /* when all tokens will be back, boot clock */
	__u64 skipped; /* execs that found no token */
	__u64 padding;
};

struct bucket_set {
	struct bucket buckets[BUCKETS_PER_SET];
};

#endif
