// SPDX-License-Identifier: MIT
// A library whose function crashes with a signal.
__attribute__((noinline)) static int missing(volatile int *p) {
	return *p + 1;
}

int entry(int x);

int entry(int x) {
	return missing((volatile int *)0) + x;
}
