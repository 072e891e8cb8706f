extern "C" int shape() { return parse(1); }
