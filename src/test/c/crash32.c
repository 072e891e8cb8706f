// SPDX-License-Identifier: MIT
// A program of 32 bits that ends by a signal: without a C library, which few machines have.
__attribute__((noinline)) static int inner(volatile int *p) {
	return *p + 1;
}

__attribute__((noinline)) static int outer(int x) {
	return inner((volatile int *)0) + x;
}

void _start(void) {
	outer(7);
}
