#include <avr/io.h>
void uart(char c);
void uart(char c) { UDR0 = c; }
