/*
 * A load of execs and exits: each student only executes a program and waits for its end, again and again.
 *
 *   load -H HOME -d DIRECTORY -p PREFIX -t TAG -s STAMPS -n COUNT [-f FIRST] [-w STUDENTS] [-r PER_SECOND]
 *
 * Each student has its own hostname, PREFIX followed by os-1-<number>. All students have HOME as /home/coder, and
 * DIRECTORY as the current directory. The students share the sequence numbers. Each of them executes
 *
 *   /home/coder/tools/gcc TAG<sequence number> -Wall -g -o main main.c
 *
 * The numbers count from FIRST, so they show events that a tracer loses, repeats or reorders. STAMPS is a file with two
 * clock values for each number (CLOCK_MONOTONIC, nanoseconds): directly before vfork(2), and directly after waitpid(2).
 * The namespaces end with this program. It prints the processor time of itself and all its children, in nanoseconds.
 */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PROGRAM "/home/coder/tools/gcc"
#define FIRST_STUDENT 202500001

/* The time for all students to start. */
#define START_DELAY_NS 20000000ULL

struct stamp {
	uint64_t before_ns;
	uint64_t after_ns;
};

static const char *home, *directory, *prefix, *tag, *stamps_file;
static long count, first, students = 1;
static double per_second;
static struct stamp *stamps;

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ULL + t.tv_nsec;
}

static void sleep_until(uint64_t when)
{
	struct timespec t = {.tv_sec = when / 1000000000, .tv_nsec = when % 1000000000};

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
		;
}

/* Mounts a tmpfs on /home in a private mount namespace, and creates the mount point in it. */
static void move_in(void)
{
	if (unshare(CLONE_NEWNS) || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL))
		err(1, "a mount namespace");
	if (mount("tmpfs", "/home", "tmpfs", 0, NULL) || mkdir("/home/coder", 0755) ||
	    mount(home, "/home/coder", NULL, MS_BIND, NULL))
		err(1, "mount %s", home);
	if (chdir(directory))
		err(1, "%s", directory);
}

static void become(long student)
{
	char hostname[64];
	int length = snprintf(hostname, sizeof(hostname), "%sos-1-%ld", prefix, FIRST_STUDENT + student);

	if (unshare(CLONE_NEWUTS) || sethostname(hostname, length))
		err(1, "hostname %s", hostname);
}

static void execute(long n)
{
	char number[64];
	char *argv[] = {PROGRAM, number, "-Wall", "-g", "-o", "main", "main.c", NULL};
	char *envp[] = {NULL};
	int status;

	snprintf(number, sizeof(number), "%s%ld", tag, first + n);
	stamps[n].before_ns = now();
	pid_t pid = vfork();
	if (pid == 0) {
		execve(PROGRAM, argv, envp);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		err(1, "number %s", number);
	stamps[n].after_ns = now();
	if (status != 0)
		errx(1, "%s: wait status %d", PROGRAM, status);
}

static void study(long student, uint64_t start)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	become(student);
	sleep_until(start);
	for (long n = student; n < count; n += students) {
		if (per_second > 0)
			sleep_until(start + (uint64_t)(n * 1e9 / per_second));
		execute(n);
	}
}

static void map_stamps(void)
{
	int fd = open(stamps_file, O_RDWR | O_CREAT | O_TRUNC, 0644);

	if (fd < 0 || ftruncate(fd, count * sizeof(*stamps)))
		err(1, "%s", stamps_file);
	stamps = mmap(NULL, count * sizeof(*stamps), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (stamps == MAP_FAILED)
		err(1, "map %s", stamps_file);
	close(fd);
}

static void read_options(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "H:d:p:t:s:n:f:w:r:")) != -1) {
		switch (option) {
		case 'H':
			home = optarg;
			break;
		case 'd':
			directory = optarg;
			break;
		case 'p':
			prefix = optarg;
			break;
		case 't':
			tag = optarg;
			break;
		case 's':
			stamps_file = optarg;
			break;
		case 'n':
			count = atol(optarg);
			break;
		case 'f':
			first = atol(optarg);
			break;
		case 'w':
			students = atol(optarg);
			break;
		case 'r':
			per_second = atof(optarg);
			break;
		default:
			exit(64);
		}
	}
	if (!home || !directory || !prefix || !tag || !stamps_file || count < 1 || students < 1)
		errx(64, "see the first lines of load.c");
}

int main(int argc, char **argv)
{
	struct rusage own, children;
	int failed = 0;

	read_options(argc, argv);
	map_stamps();
	move_in();

	uint64_t start = now() + START_DELAY_NS;
	for (long student = 0; student < students; student++) {
		pid_t pid = fork();
		if (pid < 0)
			err(1, "fork");
		if (pid == 0) {
			study(student, start);
			_exit(0);
		}
	}
	for (long student = 0; student < students; student++) {
		int status = 1;
		wait(&status);
		failed |= status;
	}

	getrusage(RUSAGE_SELF, &own);
	getrusage(RUSAGE_CHILDREN, &children);
	printf("%lld\n", 1000LL * (own.ru_utime.tv_usec + own.ru_stime.tv_usec + children.ru_utime.tv_usec +
				   children.ru_stime.tv_usec) +
				 1000000000LL * (own.ru_utime.tv_sec + own.ru_stime.tv_sec + children.ru_utime.tv_sec +
						 children.ru_stime.tv_sec));
	return failed ? 1 : 0;
}
