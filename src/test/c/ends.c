/*
 * A program that ends in the way that its arguments select:
 *
 *   ends exit CODE              returns from main
 *   ends kill SIGNAL            sends itself a signal
 *   ends crash                  writes to unmapped memory
 *   ends abort                  calls abort(3)
 *   ends threads-first CODE     its threads end, then the main thread returns
 *   ends main-first CODE        the main thread ends first, then another thread calls exit(3)
 *   ends main-first-return      the main thread ends first, then another thread ends
 *   ends together CODE          many threads exit at the same moment
 *   ends exec-in-thread PROGRAM ARGUMENT...
 *                               a thread other than the main thread executes another program
 *   ends fork CODE              its children exit with another code and without an exec, then it exits
 *   ends when-gone FILE CODE    sleeps until the file is deleted
 *   ends spinning FILE SIGNAL   computes until the file is deleted, then sends itself a signal
 *   ends says CODE              writes to standard error at once, in parts, and from a thread, then exits
 */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 8

static char **arguments;
static pthread_barrier_t barrier;
static pthread_t main_thread;

static int number(int index)
{
	return arguments[index] ? atoi(arguments[index]) : 0;
}

static void *end(void *unused)
{
	return unused;
}

static void *end_after_main(void *unused)
{
	pthread_join(main_thread, NULL);
	return unused;
}

static void *exit_after_main(void *unused)
{
	pthread_join(main_thread, NULL);
	exit(number(2));
	return unused;
}

static void *exit_together(void *unused)
{
	pthread_barrier_wait(&barrier);
	_exit(number(2));
	return unused;
}

static void *exec(void *unused)
{
	execv(arguments[2], arguments + 2);
	_exit(127);
	return unused;
}

static void *say(void *text)
{
	write(2, text, strlen(text));
	return text;
}

static void say_in_parts(void)
{
	struct iovec parts[] = {{"two ", 4}, {"", 0}, {"three\n", 6}};

	writev(2, parts, 3);
}

static void start(pthread_t *threads, void *(*what)(void *))
{
	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, what, NULL);
}

static void join(pthread_t *threads)
{
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

int main(int count, char **argv)
{
	pthread_t threads[THREADS];
	const char *how = count > 1 ? argv[1] : "exit";

	arguments = argv;
	main_thread = pthread_self();
	pthread_barrier_init(&barrier, NULL, THREADS);

	if (strcmp(how, "exit") == 0)
		return count > 2 ? number(2) : 0;
	if (strcmp(how, "kill") == 0)
		kill(getpid(), number(2));
	if (strcmp(how, "crash") == 0)
		*(volatile int *)8 = 0;
	if (strcmp(how, "abort") == 0)
		abort();
	if (strcmp(how, "threads-first") == 0) {
		start(threads, end);
		join(threads);
		return number(2);
	}
	if (strcmp(how, "main-first") == 0) {
		pthread_create(&threads[0], NULL, exit_after_main, NULL);
		pthread_exit(NULL);
	}
	if (strcmp(how, "main-first-return") == 0) {
		pthread_create(&threads[0], NULL, end_after_main, NULL);
		pthread_exit(NULL);
	}
	if (strcmp(how, "together") == 0) {
		start(threads, exit_together);
		join(threads);
	}
	if (strcmp(how, "exec-in-thread") == 0) {
		pthread_create(&threads[0], NULL, exec, NULL);
		pthread_join(threads[0], NULL);
	}
	if (strcmp(how, "fork") == 0) {
		for (int i = 0; i < THREADS; i++)
			if (fork() == 0)
				_exit(number(2) + 1);
		while (wait(NULL) > 0)
			;
		return number(2);
	}
	if (strcmp(how, "when-gone") == 0) {
		while (access(arguments[2], F_OK) == 0)
			usleep(20000);
		return number(3);
	}
	if (strcmp(how, "spinning") == 0) {
		while (access(arguments[2], F_OK) == 0)
			;
		signal(number(3), SIG_DFL); /* a background job of a shell ignores SIGINT */
		kill(getpid(), number(3));
	}
	if (strcmp(how, "says") == 0) {
		say("one\n");
		say_in_parts();
		pthread_create(&threads[0], NULL, say, "four\n");
		pthread_join(threads[0], NULL);
		return number(2);
	}
	return 64;
}
