int list(void), print(void);
int main(void) { return list() + print(); }
