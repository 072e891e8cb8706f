package io.procmon.symbols;

import java.util.Map;

/**
 * The rules by which the state of a function's caller is found, for one instruction of the function.
 *
 * @param base the rule for the frame's address
 * @param rules the rules by register; a register without a rule is unchanged
 * @param returnRegister the register that holds the address in the caller
 * @param ofSignal whether a signal interrupted the caller, so that there was no call
 */
record CallFrame(Base base, Map<Integer, Rule> rules, int returnRegister, boolean ofSignal) {

    /** The rule for the address of a frame. */
    sealed interface Base {

        /** A register, plus a distance. */
        record Sum(int register, long offset) implements Base {}

        /** An expression. */
        record Expression(ByteReader expression) implements Base {}
    }
}
