int queue(void) { return QUEUE_LIMIT - 10; }
