int disk(void) { return 0; }
