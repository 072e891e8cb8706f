extern "C" int circle() { return static_cast<int>(std::vector<int>().size()); }
