#include "config.h"
int queue(void), queue_iter(void), plugin(void), table(void), view(void);
int main(void) { return queue() + queue_iter() + plugin() + table() + view(); }
