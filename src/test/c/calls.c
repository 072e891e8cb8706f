/*
 * Measures system calls: calls FILE. Writes one line for each kind of call: its name, and the nanoseconds of a call.
 *
 *   loop     1,000 rounds of two instructions, and no call: shows the speed of the processor
 *   getppid  a call that does not write
 *   write    write(2) to standard output
 *   stderr   write(2) to standard error
 *   writev   writev(2) to standard output
 *
 * In a virtual machine whose clock counts instructions, a nanosecond is an instruction. Each value is the smallest of
 * many batches, because timers and other processes interrupt some of them.
 */
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define BATCHES 200
#define CALLS 20

static char byte = 'x';

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ULL + t.tv_nsec;
}

static void loop(void)
{
	for (long rounds = 1000; rounds > 0; rounds--)
		__asm__ volatile("");
}

static void get(void)
{
	syscall(SYS_getppid);
}

static void out(void)
{
	syscall(SYS_write, STDOUT_FILENO, &byte, 1);
}

static void err(void)
{
	syscall(SYS_write, STDERR_FILENO, &byte, 1);
}

static void vector(void)
{
	struct iovec part = {&byte, 1};

	syscall(SYS_writev, STDOUT_FILENO, &part, 1);
}

static void measure(FILE *to, const char *name, void (*call)(void))
{
	uint64_t least = UINT64_MAX;

	for (int i = 0; i < BATCHES; i++) {
		uint64_t start = now();
		for (int n = 0; n < CALLS; n++)
			call();
		uint64_t batch = now() - start;
		if (batch < least)
			least = batch;
	}
	fprintf(to, "%s %.1f\n", name, (double)least / CALLS);
}

int main(int argc, char **argv)
{
	FILE *to = argc == 2 ? fopen(argv[1], "w") : NULL;

	if (!to)
		return 64;
	measure(to, "loop", loop);
	measure(to, "getppid", get);
	measure(to, "write", out);
	measure(to, "stderr", err);
	measure(to, "writev", vector);
	return fclose(to) ? 1 : 0;
}
