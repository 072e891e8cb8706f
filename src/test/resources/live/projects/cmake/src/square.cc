static int side() { return 0; }
extern "C" int square() { return side() + static_cast<int>(std::string().size()); }
