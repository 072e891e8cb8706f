int core_io(void) { return 0; }
