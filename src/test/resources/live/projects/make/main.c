#include "parse.h"
int list(void), list_sort(void), queue(void), shape(void), start(void), table(void), odd(void);
int main(int argc, char **argv)
{
	(void)argv;
	return parse(argc) + list() + list_sort() + queue() + shape() + start() + table() + odd();
}
