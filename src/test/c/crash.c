// SPDX-License-Identifier: MIT
// Crashes with a signal. The argument selects how.
#define _GNU_SOURCE
#include <assert.h>
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define CASE(name) if (!strcmp(how, #name)) return name
typedef volatile int *place;

__attribute__((noinline)) static int inner(place p) {
	return *p + 1;
}

__attribute__((noinline)) static int null(int x) {
	return inner((place)0) + x;
}

__attribute__((noinline)) static int recursion(int x) {
	volatile char waste[256];
	waste[x & 255] = (char)x;
	return recursion(x + 1) + waste[1];
}

__attribute__((noinline)) static int division(int x) {
	volatile int zero = x - x;
	return 7 / zero;
}

__attribute__((noinline)) static int gives_up(int x) {
	if (x > 0)
		abort();
	return x;
}

__attribute__((noinline)) static int aborts(int x) {
	return gives_up(x) + 1;
}

__attribute__((noinline)) static int asserts(int x) {
	assert(x == 0);
	return x + 1;
}

__attribute__((noinline)) static int length(int x) {
	const char *volatile nothing = 0;
	return (int)strlen(nothing) + x;
}

static void *work(void *p) {
	return (void *)(long)inner(p);
}

__attribute__((noinline)) static int thread(int x) {
	pthread_t t;
	pthread_create(&t, 0, work, 0);
	pthread_join(t, 0);
	return x;
}

__attribute__((noinline)) static int bus(int x) {
	FILE *empty = tmpfile();
	place p = mmap(0, 4096, PROT_READ, MAP_SHARED, fileno(empty), 0);
	return *p + x;
}

__attribute__((noinline)) static int illegal(int x) {
	__builtin_trap();
	return x;
}

__attribute__((noinline)) static int nowhere(int x) {
	int (*volatile f)(int) = 0;
	return f(x) + 1;
}

static int compare(const void *a, const void *b) {
	return inner((place)0) + (a < b);
}

__attribute__((noinline)) static int sorting(int x) {
	int numbers[3] = {3, 1, 2};
	qsort(numbers, 3, sizeof *numbers, compare);
	return numbers[x];
}

__attribute__((noinline)) static int large(int x) {
	volatile char array[100000];
	array[x] = 1;
	return inner((place)0) + array[1];
}

static void handle(int s) {
	signal(SIGSEGV, SIG_DFL);
	abort();
}

__attribute__((noinline)) static int handler(int x) {
	signal(SIGSEGV, handle);
	return inner((place)0) + x;
}

__attribute__((noinline)) static int twice(int x) {
	char *volatile p = malloc(100);
	free(p);
	free(p);
	return x;
}

__attribute__((noinline)) static int trap(int x) {
	raise(SIGTRAP);
	return x;
}

__attribute__((noinline)) static int literal(int x) {
	*(char *volatile)"constant" = 'C';
	return x;
}

__attribute__((noinline)) static int wild(int x) {
	return inner((place)0x1234567890abcdef) + x;
}

__attribute__((noinline)) static int elsewhere(int x) {
	int (*volatile f)(int) = (int (*)(int))0x10000;
	return f(x) + 1;
}

static void note(int s) {
	static volatile int noted;
	noted = s;
}

__attribute__((noinline)) static int returning(int x) {
	struct sigaction action = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND};
	sigaction(SIGSEGV, &action, 0);
	return inner((place)0) + x;
}

__attribute__((noinline)) static int varying(int x) {
	volatile char *array = __builtin_alloca(200000 + (size_t)x);
	array[x] = 1;
	return inner((place)0) + array[1];
}

__attribute__((noinline)) static int forbidden(int x) {
	raise(SIGSYS);
	return x;
}

__attribute__((noinline)) static int corrupt(int x) {
	char *volatile p = malloc(20);
	memset(p, 'a', 60);
	char *volatile q = malloc(9999);
	return *q + x;
}

static void fault(int s) {
	inner((place)(long)(s - s));
}

__attribute__((noinline)) static int faulting(int x) {
	signal(SIGUSR1, fault);
	raise(SIGUSR1);
	return x;
}

__attribute__((noinline)) static int alternate(int x) {
	stack_t stack = {.ss_sp = malloc(65536), .ss_size = 65536};
	struct sigaction action = {.sa_handler = fault, .sa_flags = SA_ONSTACK};
	sigaltstack(&stack, 0);
	sigaction(SIGUSR1, &action, 0);
	raise(SIGUSR1);
	return x;
}

__attribute__((noinline)) static int opened(int x) {
	void *library = dlopen("libcrash.so", RTLD_NOW);
	int (*entry)(int) = (int (*)(int))dlsym(library, "entry");
	return entry(x) + 1;
}

// Its child crashes elsewhere.
__attribute__((noinline)) static int parent(int x) {
	if (vfork() == 0)
		_exit(division(x));
	wait(0);
	return inner((place)0) + x;
}

static const char *own_file(void) {
	static char path[4096];
	return readlink("/proc/self/exe", path, sizeof path - 1) > 0 ? path : "";
}

__attribute__((noinline)) static int removed(int x) {
	unlink(own_file());
	return inner((place)0) + x;
}

// Another build has taken the place of the program.
__attribute__((noinline)) static int rebuilt(int x) {
	const char *path = own_file();
	unlink(path);
	fclose(fopen(path, "w"));
	return inner((place)0) + x;
}

// Not every C library passes the arguments to a constructor, so the name of the program selects it.
__attribute__((constructor)) static void early(void) {
	if (!strcmp(program_invocation_short_name, "constructor"))
		inner((place)0);
}

static int numbered(int x);

static int run(const char *how, int x) {
	CASE(null)(x);
	CASE(recursion)(x);
	CASE(division)(x);
	CASE(aborts)(x);
	CASE(asserts)(x);
	CASE(length)(x);
	CASE(thread)(x);
	CASE(bus)(x);
	CASE(illegal)(x);
	CASE(nowhere)(x);
	CASE(sorting)(x);
	CASE(large)(x);
	CASE(handler)(x);
	CASE(twice)(x);
	CASE(trap)(x);
	CASE(literal)(x);
	CASE(wild)(x);
	CASE(elsewhere)(x);
	CASE(returning)(x);
	CASE(varying)(x);
	CASE(forbidden)(x);
	CASE(corrupt)(x);
	CASE(faulting)(x);
	CASE(alternate)(x);
	CASE(opened)(x);
	CASE(parent)(x);
	CASE(removed)(x);
	CASE(rebuilt)(x);
	CASE(numbered)(x);
	return 0;
}

int main(int argc, char **argv) {
	return run(argv[1], argc) == 0;
}

// The lines of a generated file: it names the source from which a generator made it.
#line 1001 "src/test/c/grammar.y"
__attribute__((noinline)) static int numbered(int x) {
	return inner((place)0) + x;
}
