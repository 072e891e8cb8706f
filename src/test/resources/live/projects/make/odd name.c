int odd(void) { return 0; }
