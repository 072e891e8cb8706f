/* The smallest possible program: its cost is almost only that of exec and exit. */
#if defined(__x86_64__)
__attribute__((noreturn)) void _start(void)
{
	__asm__ volatile("syscall" : : "a"(231), "D"(0)); /* exit_group(0) */
	__builtin_unreachable();
}
#elif defined(__aarch64__)
__attribute__((noreturn)) void _start(void)
{
	register long x8 __asm__("x8") = 94;
	register long x0 __asm__("x0") = 0;
	__asm__ volatile("svc 0" : : "r"(x8), "r"(x0));
	__builtin_unreachable();
}
#endif
