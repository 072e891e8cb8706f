/*
 * Executes a program again and again, and waits for each: a load of execs and exits.
 *
 *   load PROGRAM COUNT [PER_SECOND [WORKERS]]
 *
 * The n-th exec gets the arguments PROGRAM and n, counted from 0 over all workers, so that a tracer's losses, repeats
 * and reordering can be seen. Prints one line of JSON: how many, how long, and how many a second.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static void sleep_until(double when)
{
	struct timespec t = { .tv_sec = (time_t)when, .tv_nsec = (long)((when - (time_t)when) * 1e9) };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
		;
}

static void run(char *program, long first, long count, long step, double per_second)
{
	char number[24];
	char *argv[] = { program, number, NULL };
	char *envp[] = { NULL };
	double start = now();

	for (long i = 0; i < count; i++) {
		if (per_second > 0)
			sleep_until(start + i * step / per_second);
		snprintf(number, sizeof(number), "%ld", first + i * step);
		pid_t pid = vfork();
		if (pid == 0) {
			execve(program, argv, envp);
			_exit(127);
		}
		int status;
		if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
			fprintf(stderr, "load: %s number %s: %s\n", program, number, pid < 0 ? strerror(errno) : "failed");
			exit(1);
		}
	}
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: load PROGRAM COUNT [PER_SECOND [WORKERS]]\n");
		return 64;
	}
	long count = atol(argv[2]);
	double per_second = argc > 3 ? atof(argv[3]) : 0;
	long workers = argc > 4 ? atol(argv[4]) : 1;
	double start = now();

	for (long worker = 0; worker < workers; worker++) {
		if (fork() == 0) {
			run(argv[1], worker, count / workers, workers, per_second);
			_exit(0);
		}
	}
	int failed = 0;
	for (long worker = 0; worker < workers; worker++) {
		int status;
		wait(&status);
		failed |= status;
	}
	double seconds = now() - start;
	printf("{\"execs\": %ld, \"seconds\": %.6f, \"execs_per_second\": %.1f}\n", count / workers * workers, seconds,
	       count / workers * workers / seconds);
	return failed ? 1 : 0;
}
