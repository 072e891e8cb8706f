#include "config.h"
int list(void), print(void), options(void);
int main(void) { return list() + print() + options(); }
