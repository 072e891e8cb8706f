#include <stdio.h>
int main(int argc, char **argv)
{
	if (argc != 3)
		return 1;
	printf("savedcmd_%s := %s\n", argv[2], argv[1]);
	return 0;
}
