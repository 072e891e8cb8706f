// SPDX-License-Identifier: MIT
// A 32-bit program that crashes with a signal. It has no C library, because few machines have one for 32 bits.
__attribute__((noinline)) static int inner(volatile int *p) {
	return *p + 1;
}

__attribute__((noinline)) static int outer(int x) {
	return inner((volatile int *)0) + x;
}

void _start(void) {
	outer(7);
}
