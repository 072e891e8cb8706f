#include <stdio.h>
int main(int argc, char **argv)
{
	FILE *out = argc > 1 ? fopen(argv[1], "w") : NULL;
	if (!out)
		return 1;
	fputs("int table(void) { return 0; }\n", out);
	return fclose(out);
}
