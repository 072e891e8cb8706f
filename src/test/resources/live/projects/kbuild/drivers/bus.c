int bus(void) { return 0; }
