#include <avr/io.h>
#include <util/delay.h>
void uart(char c);
int main(void)
{
	DDRB = 1;
	for (;;) {
		PORTB ^= 1;
		uart('x');
		_delay_ms(500);
	}
}
