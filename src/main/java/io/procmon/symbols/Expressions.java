package io.procmon.symbols;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.LongFunction;

/**
 * Computes the expressions of unwind tables: section 2.5 of the DWARF standard. It supports the operations that C
 * libraries and linkers use for signal trampolines and jump tables. There are no branches, so each expression ends.
 */
final class Expressions {

    private static final int STACK_MAX = 64;
    private static final int STEPS_MAX = 1024;

    private final IntFunction<OptionalLong> registers;
    private final LongFunction<OptionalLong> memory;
    private final int wordSize;

    Expressions(IntFunction<OptionalLong> registers, LongFunction<OptionalLong> memory, int wordSize) {
        this.registers = registers;
        this.memory = memory;
        this.wordSize = wordSize;
    }

    /**
     * The value of an expression.
     *
     * @param first the initial value on the stack, if there is one
     * @throws DamagedFile if the expression cannot be computed
     */
    long value(ByteReader expression, OptionalLong first) {
        ByteReader in = expression.copy();
        Deque<Long> stack = new ArrayDeque<>();
        first.ifPresent(stack::push);
        for (int steps = 0; in.hasMore(); steps++) {
            step(in, stack);
            if (stack.size() > STACK_MAX || steps > STEPS_MAX) {
                throw new DamagedFile("expression");
            }
        }
        return pop(stack);
    }

    private void step(ByteReader in, Deque<Long> stack) {
        int operation = in.u8();
        if (operation >= 0x30 && operation <= 0x4f) {
            stack.push(operation - 0x30L); // DW_OP_lit
            return;
        }
        if (operation >= 0x70 && operation <= 0x8f) {
            stack.push(register(operation - 0x70) + in.sleb()); // DW_OP_breg
            return;
        }
        switch (operation) {
            case 0x03 -> stack.push(in.unsigned(wordSize)); // DW_OP_addr
            case 0x06 -> stack.push(known(memory.apply(pop(stack)))); // DW_OP_deref
            case 0x08 -> stack.push((long) in.u8());
            case 0x09 -> stack.push((long) in.s8());
            case 0x0a -> stack.push((long) in.u16());
            case 0x0b -> stack.push((long) (short) in.u16());
            case 0x0c -> stack.push(in.u32());
            case 0x0d -> stack.push((long) in.s32());
            case 0x0e, 0x0f -> stack.push(in.u64());
            case 0x10 -> stack.push(in.uleb());
            case 0x11 -> stack.push(in.sleb());
            case 0x12 -> stack.push(top(stack));
            case 0x13 -> pop(stack);
            case 0x1f -> stack.push(-pop(stack));
            case 0x20 -> stack.push(~pop(stack));
            case 0x23 -> stack.push(pop(stack) + in.uleb());
            case 0x92 -> stack.push(register((int) in.uleb()) + in.sleb()); // DW_OP_bregx
            case 0x96 -> {} // DW_OP_nop
            default -> binary(operation, stack);
        }
    }

    private static void binary(int operation, Deque<Long> stack) {
        long second = pop(stack);
        long first = pop(stack);
        stack.push(
                switch (operation) {
                    case 0x1a -> first & second;
                    case 0x1c -> first - second;
                    case 0x1e -> first * second;
                    case 0x21 -> first | second;
                    case 0x22 -> first + second;
                    case 0x24 -> first << second;
                    case 0x25 -> first >>> second;
                    case 0x26 -> first >> second;
                    case 0x27 -> first ^ second;
                    case 0x29 -> first == second ? 1L : 0L;
                    case 0x2a -> first >= second ? 1L : 0L;
                    case 0x2b -> first > second ? 1L : 0L;
                    case 0x2c -> first <= second ? 1L : 0L;
                    case 0x2d -> first < second ? 1L : 0L;
                    case 0x2e -> first != second ? 1L : 0L;
                    default -> throw new DamagedFile("operation");
                });
    }

    private long register(int number) {
        return known(registers.apply(number));
    }

    private static long known(OptionalLong value) {
        return value.orElseThrow(() -> new DamagedFile("unknown value"));
    }

    private static long top(Deque<Long> stack) {
        if (stack.isEmpty()) {
            throw new DamagedFile("empty stack");
        }
        return stack.peek();
    }

    private static long pop(Deque<Long> stack) {
        if (stack.isEmpty()) {
            throw new DamagedFile("empty stack");
        }
        return stack.pop();
    }
}
