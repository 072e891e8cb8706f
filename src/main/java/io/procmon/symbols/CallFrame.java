package io.procmon.symbols;

import java.util.Map;

/**
 * How a function at one of its instructions keeps what its caller needs.
 *
 * @param base how the frame's address is computed
 * @param rules by register; a register that is missing is not changed
 * @param returnRegister the register that holds the address in the caller
 * @param ofSignal whether a signal interrupted the caller, which then called nothing
 */
record CallFrame(Base base, Map<Integer, Rule> rules, int returnRegister, boolean ofSignal) {

    /** How the address of a frame is computed. */
    sealed interface Base {

        /** A register, plus a distance. */
        record Sum(int register, long offset) implements Base {}

        /** An expression. */
        record Expression(ByteReader expression) implements Base {}
    }
}
