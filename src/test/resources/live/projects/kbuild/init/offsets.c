void offsets(void);
void offsets(void) { __asm__ volatile("\n->TASK_SIZE 8" : : ); }
