extern "C" int view() { return 0; }
