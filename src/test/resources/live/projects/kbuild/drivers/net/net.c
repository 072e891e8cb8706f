int net(void) { return 0; }
