int options(void) { return 0; }
