/*
 * A student in a container: executes commands, and returns the real wait status of each process.
 *
 * A request is a list of strings: their count, then the length and the bytes of each. Numbers have 32 bits, big endian.
 * The first string is the working directory, the others are the command. The answer is the process id, after the exec,
 * and then the status of waitpid(2). This program ends with its input. As the first process of a pid namespace, it ends
 * all other processes there.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void receive(void *to, size_t size)
{
	for (char *at = to; size > 0;) {
		ssize_t n = read(STDIN_FILENO, at, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			exit(0);
		at += n;
		size -= n;
	}
}

static uint32_t receive_number(void)
{
	uint32_t number;

	receive(&number, sizeof(number));
	return ntohl(number);
}

static char *receive_string(void)
{
	uint32_t size = receive_number();
	char *string = calloc(1, size + 1);

	receive(string, size);
	return string;
}

static void answer(uint32_t number)
{
	number = htonl(number);
	if (write(STDOUT_FILENO, &number, sizeof(number)) != sizeof(number))
		exit(1);
}

/* The command has an empty standard input. Its standard output goes to standard error. */
static void execute(const char *directory, char **command)
{
	int nothing = open("/dev/null", O_RDONLY);

	if (chdir(directory) == 0) {
		dup2(nothing, STDIN_FILENO);
		close(nothing);
		dup2(STDERR_FILENO, STDOUT_FILENO);
		execvp(command[0], command);
	}
	fprintf(stderr, "student: %s in %s: %s\n", command[0], directory, strerror(errno));
	_exit(127);
}

int main(void)
{
	for (;;) {
		uint32_t strings = receive_number();
		char *directory = receive_string();
		char **command = calloc(strings, sizeof(*command)); /* strings - 1 arguments and a NULL */

		for (uint32_t i = 0; i + 1 < strings; i++)
			command[i] = receive_string();

		int executing[2];
		if (pipe2(executing, O_CLOEXEC))
			exit(1);

		pid_t child = fork();
		if (child == 0)
			execute(directory, command);

		char nothing;
		close(executing[1]);
		while (read(executing[0], &nothing, 1) < 0 && errno == EINTR)
			;
		close(executing[0]);
		answer(child);

		int status = 0;
		while (waitpid(child, &status, 0) < 0 && errno == EINTR)
			;
		answer(status);

		for (uint32_t i = 0; i + 1 < strings; i++)
			free(command[i]);
		free(command);
		free(directory);
	}
}
