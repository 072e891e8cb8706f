#include "parse.h"
int main(int argc, char **argv) { return argv[0] ? parse(argc) : 1; }
