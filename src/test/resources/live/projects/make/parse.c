#include "parse.h"
int parse(int argc) { return argc - 1; }
