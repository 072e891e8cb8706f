int queue_iter(void) { return 0; }
