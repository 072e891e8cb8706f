package io.procmon.symbols;

/** The rule for a register's value in the caller: section 6.4.1 of the DWARF standard. */
sealed interface Rule {

    /** The value is lost. */
    record Undefined() implements Rule {}

    /** The function does not change the register. */
    record Same() implements Rule {}

    /** The value is in memory, at a distance from the frame's address. */
    record At(long offset) implements Rule {}

    /** The value is the frame's address, plus a distance. */
    record Sum(long offset) implements Rule {}

    /** The value is in another register. */
    record In(int register) implements Rule {}

    /** The value is in memory, at an address that an expression computes. */
    record AtExpression(ByteReader expression) implements Rule {}

    /** An expression computes the value. */
    record Expression(ByteReader expression) implements Rule {}
}
