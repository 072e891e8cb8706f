// SPDX-License-Identifier: MIT
// Crashes with a signal in C++. The argument selects how.
#include <stdexcept>
#include <string>
#include <vector>

namespace list {

struct Node {
	int value;
	Node *next;
};

class Stack {
public:
	virtual ~Stack() = default;
	virtual int top() const {
		return first->value;
	}
	Node *first = nullptr;
};

template <typename T> T largest(const std::vector<T> &values) {
	volatile T *none = nullptr;
	return values.empty() ? *none : values[0];
}

}

static int fails(const std::string &why) {
	throw std::runtime_error(why);
}

int main(int argc, char **argv) {
	std::string how = argv[1];
	list::Stack stack;
	if (how == "method")
		return stack.top();
	if (how == "template")
		return list::largest<int>({});
	return fails(how) + argc;
}
