/*
 * Executes a program COUNT times, one after the other, with a pause of MILLIS ms after each:
 *
 *   repeat PROGRAM COUNT [MILLIS]
 *
 * The only argument of the program is the number of the call, from 0. repeat exits with 1 at the first call that fails.
 */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	long count = argc == 3 || argc == 4 ? atol(argv[2]) : -1;
	long millis = argc == 4 ? atol(argv[3]) : 0;

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
		usleep(millis * 1000);
	}
	return 0;
}
