#include <avr/io.h>
	.global handler
handler:
	reti
