/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The records that the kernel program sends to user space, and the memory that both sides share.
 *
 * Every member has a fixed width and is aligned to it. Padding is written out. The hooks zero a record before they fill
 * it. So a record has no holes that leak kernel memory. A test compares the Java layouts (io.procmon.bpf.KernelLayouts)
 * with the BTF of this object: both use the same member names.
 */
#ifndef PROCMON_H
#define PROCMON_H

/* UTS hostname with its NUL: __NEW_UTS_LEN + 1, include/uapi/linux/utsname.h */
#define HOSTNAME_SIZE 65

/* Longest path with its NUL: include/uapi/linux/limits.h */
#define PATH_SIZE 4096

/* Longest component of a path with its NUL: NAME_MAX + 1 */
#define NAME_SIZE 256

/* Longest path of a cgroup. Container runtimes need about 300 bytes. */
#define CGROUP_SIZE 2048

/* The largest argv that is sent whole, in bytes. */
#define ARGV_WHOLE_MAX 32768
/* A larger argv is cut in the middle: this many bytes of each end are sent. Long commands name sources at the end. */
#define ARGV_PART 16384

/* Longest prefix of student hostnames. */
#define HOSTNAME_PREFIX_MAX 16

enum record_kind {
	RECORD_EXEC = 1,
	RECORD_EXIT = 2,
};

/* Properties of a record that its reader must know. */
enum exec_flag {
	EXEC_TAKEN_IN = 1 << 0, /* the process ran before the program was attached */
	EXEC_EXE_DELETED = 1 << 1, /* the executable has no name any more */
	EXEC_EXE_MEMORY = 1 << 2, /* the executable never had a name: memfd_create(2) */
	EXEC_EXE_CUT = 1 << 3, /* the path is too deep or too long: the record has only its last components */
	EXEC_CWD_CUT = 1 << 4,
	EXEC_CGROUP_CUT = 1 << 5,
	EXEC_FILENAME_CUT = 1 << 6,
	EXEC_ARGV_CUT = 1 << 7, /* the record has head and tail of argv; argv_size is the full length */
	EXEC_ARGV_UNREADABLE = 1 << 8, /* argv could not be read; always set with EXEC_TAKEN_IN and EXEC_FAILED */
	EXEC_FAILED = 1 << 9, /* the kernel ended the process inside execve: the program never began */
};

enum exit_flag {
	EXIT_PEAK_INHERITED = 1 << 0, /* peak_pages is that of the previous image: an upper bound */
};

/*
 * Identifies one process image, from its exec to its end. A reused pid has another start time. Each exec of a process
 * has another exec_id (task_struct.self_exec_id).
 */
struct image_key {
	__u64 start_ns; /* start of the process, boot clock */
	__u32 tgid;
	__u32 exec_id;
};

/*
 * The texts follow the record; the record has their sizes. The texts are: executable, cwd and cgroup as NUL-terminated
 * components, leaf first; then the executed file name; then argv, each argument with its NUL.
 */
struct exec_record {
	struct image_key image;
	__u32 kind; /* RECORD_EXEC */
	__u32 flags; /* enum exec_flag */
	__u64 cgroup_id;
	struct image_key parent; /* nearest watched ancestor; tgid 0: none */
	__u64 exec_ns; /* boot clock; with EXEC_TAKEN_IN, the start of the process */
	__u64 exe_inode;
	__u64 exe_mtime_ns; /* since the epoch */
	__u64 exe_bytes; /* size of the file */
	__u64 argv_size; /* bytes of the whole argv, before it was cut */
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
	/*
	 * Depth of the user namespace that owns the UTS namespace; 0: the initial one. A process without privileges can
	 * set a hostname only in a UTS namespace of a user namespace of its own, below that of its container.
	 */
	__u32 uts_level;
	char hostname[HOSTNAME_SIZE];
	__u8 padding[3];
};

struct exit_record {
	struct image_key image;
	__u32 kind; /* RECORD_EXIT */
	__u32 flags; /* enum exit_flag */
	__u64 cgroup_id; /* at exec */
	__u64 end_ns; /* boot clock */
	__u64 utime_ns; /* of this image, sampled by the scheduler's tick */
	__u64 stime_ns;
	__u64 runtime_ns; /* of this image, measured by the scheduler */
	__u64 peak_pages; /* peak resident set, in pages */
	__u32 wait_status; /* as waitpid(2) reports it */
	__u32 padding;
};

/* User space sets the parameters before it loads the program. The verifier sees constants. */
struct parameters {
	/* The prefix of student hostnames, as words: two comparisons are enough. */
	__u64 hostname_prefix[HOSTNAME_PREFIX_MAX / 8];
	__u64 hostname_prefix_mask[HOSTNAME_PREFIX_MAX / 8];
	/*
	 * A container may start one image per exec_interval_ns, and a burst of exec_burst_ns / exec_interval_ns. With
	 * an interval of 0 there is no limit.
	 */
	__u64 exec_interval_ns;
	__u64 exec_burst_ns;
	__u32 places_max; /* places in the table of processes that one container may hold */
	__u32 padding;
	__u32 iterator_slot; /* index in `scratch`; the slots of the processors come first */
	__u32 group_mask; /* number of groups - 1; the number is a power of two */
};

/* Both sides map this memory. Each of `lost_*` counts events that never reach user space. */
struct shared {
	/*
	 * The hooks wake the reader when the ring holds this many bytes. The reader sets the value before it waits, and
	 * then checks the ring once more. The hook that wakes the reader resets the value to NEVER_WAKE. So a burst of
	 * records costs one wake-up (about 30 us, at the cost of the traced process). A single record is read at once.
	 */
	__u64 wake_at;
	__u64 exec_records; /* written to the ring */
	__u64 exit_records;
	__u64 parked_exits; /* the ring was full: user space fetches these from the table of processes */
	__u64 lost_exec_ring_full;
	__u64 lost_exec_table_full;
	__u64 lost_exec_no_scratch;
	__u64 lost_exec_throttled;
	__u64 lost_exec_crowded;
	/* User space has read what the iterator has sent of processes with a student's hostname. */
	__u64 students_taken_in;
};

#define NEVER_WAKE (~0ULL)

/* The state of a watched process between its hooks. */
enum process_state {
	PROCESS_RUNNING = 0,
	PROCESS_ENDING = 1, /* one thread completes the entry */
	PROCESS_PARKED = 2, /* the ring was full: `end` is complete, and user space has to fetch it */
};

struct process {
	struct exit_record end; /* in PROCESS_RUNNING: the values at exec */
	__u32 state; /* enum process_state */
	__u32 padding;
};

/*
 * The table of watched processes consists of two arrays: groups of places, and the process ids that hold the places.
 * The process ids of a group fill one cache line. A hash map has the same function, but each start and each end of a
 * process misses the cache there (about 200 ns). The kernel assigns process ids in sequence, so neighbours share a
 * cache line.
 */
#define GROUP_SIZE 16

/*
 * A container with many processes leaves this many places of each group to others. Otherwise its processes, which have
 * consecutive ids, would fill whole groups: the processes of others whose ids belong to such a group would be lost.
 */
#define GROUP_SPARE 8

struct group {
	__u32 tgids[GROUP_SIZE]; /* 0: the place is free */
};

struct places {
	struct process processes[GROUP_SIZE];
};

/*
 * What a container may use, and what it uses. Its token bucket has the form of the generic cell rate algorithm (ITU-T
 * I.371): its state is one time. The id of the cgroup selects a set of buckets. A new container takes the bucket of the
 * set that was full first.
 */
#define BUCKETS_PER_SET 4
#define BUCKET_SETS 1024

struct bucket {
	__u64 cgroup_id;
	__u64 full_at_ns; /* time at which the bucket has all its tokens, boot clock */
	__u64 skipped; /* execs that were skipped */
	/*
	 * The id of the cgroup again, once user space has found that it is a container in which a process has a
	 * student's hostname. From then on each process in it is watched, with any hostname.
	 */
	__u64 container;
	__u64 places; /* of the table of processes */
	__u64 crowded; /* execs that were skipped because the container holds parameters.places_max places */
};

struct bucket_set {
	struct bucket buckets[BUCKETS_PER_SET];
};

#endif
