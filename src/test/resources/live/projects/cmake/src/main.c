int core(void), core_io(void), square(void), circle(void), plugin(void), generated(void), probe(void);
int main(void) { return core() + core_io() + square() + circle() + plugin() + generated() + probe(); }
