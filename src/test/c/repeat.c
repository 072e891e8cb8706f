/*
 * Executes a program again and again, and waits for the end of each:
 *
 *   repeat PROGRAM COUNT
 *
 * The n-th gets n, counted from 0, as its only argument. It ends with 1 as soon as one of them fails.
 */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

int main(int argc, char **argv)
{
	long count = argc == 3 ? atol(argv[2]) : -1;

	if (count < 0)
		return 64;
	for (long i = 0; i < count; i++) {
		char number[24];
		char *command[] = { argv[1], number, NULL };
		int status = 0;
		pid_t pid;

		snprintf(number, sizeof(number), "%ld", i);
		if (posix_spawn(&pid, argv[1], NULL, NULL, command, NULL) || waitpid(pid, &status, 0) != pid || status)
			return 1;
	}
	return 0;
}
