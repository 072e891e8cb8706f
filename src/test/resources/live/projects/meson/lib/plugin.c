int plugin(void) { return 0; }
