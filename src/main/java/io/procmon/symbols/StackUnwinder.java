package io.procmon.symbols;

import io.procmon.events.CrashDump;
import io.procmon.events.CrashDump.Code;
import io.procmon.events.CrashDump.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Finds the callers of the instruction that crashed. It uses the unwind tables and the captured part of the stack. */
final class StackUnwinder {

    /** The bits of a user-space address on arm64. The higher bits may contain a signature (pointer authentication). */
    private static final long ARM64_ADDRESS = 0x00ff_ffff_ffff_ffffL >>> 8;

    private static final int ARM64_LINK_REGISTER = 30;

    /**
     * The distance from the stack pointer of a signal handler's caller to the interrupted registers: {@code siginfo} of
     * 128 bytes, and {@code uc_mcontext.regs} at 184 (struct rt_sigframe in arch/arm64/kernel/signal.c, and ucontext.h
     * and sigcontext.h in arch/arm64/include/uapi/asm). Their order is that of DWARF.
     */
    private static final int ARM64_INTERRUPTED = 128 + 184;

    /**
     * A frame.
     *
     * @param instruction the instruction of the crash, or a byte of the call instruction
     * @param mapping the file of the instruction; empty if no file is mapped there
     */
    record Position(long instruction, Optional<Code> mapping) {}

    private final CrashDump dump;
    private final Machine machine;
    private final Function<Code, Optional<Module>> modules;

    /** @param modules the files that can be read */
    StackUnwinder(CrashDump dump, Function<Code, Optional<Module>> modules) {
        this.dump = dump;
        this.machine = dump.machine();
        this.modules = modules;
    }

    /** The frames, the innermost first. */
    List<Position> frames(int max) {
        List<Position> frames = new ArrayList<>();
        Optional<Registers> at = Optional.of(Registers.of(dump));
        boolean called = false;
        while (at.isPresent() && frames.size() < max) {
            Registers registers = at.get();
            OptionalLong counter = registers.get(machine.programCounter());
            if (counter.isEmpty() || (counter.getAsLong() == 0 && called)) {
                break;
            }
            long instruction = called ? counter.getAsLong() - 1 : counter.getAsLong();
            Optional<Code> mapping = dump.mapping(instruction);
            if (called && mapping.isEmpty()) {
                // no file there: a signal handler's caller, a damaged stack, or code that a program has written
                at = interrupted(registers);
                called = false;
                continue;
            }
            frames.add(new Position(instruction, mapping));
            Optional<Module> module = mapping.flatMap(modules);
            Optional<CallFrame> frame =
                    module.flatMap(known -> known.addressOf(mapping.orElseThrow(), instruction).stream()
                            .boxed()
                            .findFirst()
                            .flatMap(known.unwindTable()::frame));
            called = frame.map(it -> !it.ofSignal()).orElse(true);
            at = frame.isPresent()
                    ? callerOf(registers, frame.get())
                    : callerWithoutTable(registers, module, mapping, frames.size() == 1);
        }
        return frames;
    }

    private Optional<Registers> callerOf(Registers registers, CallFrame frame) {
        try {
            Expressions expressions = new Expressions(registers::get, dump::word, machine.wordSize());
            long base = switch (frame.base()) {
                case CallFrame.Base.Sum(int register, long offset) -> address(known(registers.get(register)) + offset);
                case CallFrame.Base.Expression(ByteReader expression) ->
                    expressions.value(expression, OptionalLong.empty());
            };
            Registers caller = registers.with(machine.stackPointer(), OptionalLong.of(base));
            if (machine != Machine.AARCH64) {
                caller = caller.with(frame.returnRegister(), OptionalLong.empty());
            }
            for (Map.Entry<Integer, Rule> rule : frame.rules().entrySet()) {
                OptionalLong value = value(rule.getKey(), rule.getValue(), registers, base, expressions);
                caller = caller.with(rule.getKey(), value);
            }
            OptionalLong counter = caller.get(frame.returnRegister());
            boolean isBelow = Long.compareUnsigned(base, known(registers.get(machine.stackPointer()))) < 0;
            if (counter.isEmpty() || (isBelow && !frame.ofSignal())) {
                return Optional.empty();
            }
            return Optional.of(
                    caller.with(machine.programCounter(), OptionalLong.of(returnAddress(counter.getAsLong()))));
        } catch (DamagedFile unknown) {
            return Optional.empty();
        }
    }

    private OptionalLong value(int register, Rule rule, Registers registers, long base, Expressions expressions) {
        return switch (rule) {
            case Rule.Undefined() -> OptionalLong.empty();
            case Rule.Same() -> registers.get(register);
            case Rule.At(long offset) -> dump.word(address(base + offset));
            case Rule.Sum(long offset) -> OptionalLong.of(base + offset);
            case Rule.In(int other) -> registers.get(other);
            case Rule.AtExpression(ByteReader expression) ->
                dump.word(expressions.value(expression, OptionalLong.of(base)));
            case Rule.Expression(ByteReader expression) ->
                OptionalLong.of(expressions.value(expression, OptionalLong.of(base)));
        };
    }

    /**
     * The caller of code without an unwind table. After a call to an address without code, the return address is on the
     * stack or in a register. A file without any table comes from a compiler that uses frame pointers. In other cases
     * the caller is unknown.
     */
    private Optional<Registers> callerWithoutTable(
            Registers registers, Optional<Module> module, Optional<Code> mapping, boolean isFirst) {
        if (isFirst && mapping.isEmpty()) {
            return callerOfNowhere(registers);
        }
        OptionalLong pointer = registers.get(machine.framePointer());
        if (module.filter(known -> known.unwindTable().isMissing()).isEmpty() || pointer.isEmpty()) {
            return Optional.empty();
        }
        long frame = pointer.getAsLong();
        OptionalLong caller = dump.word(frame);
        OptionalLong back = dump.word(frame + machine.wordSize());
        if (caller.isEmpty() || back.isEmpty() || !isAfterCall(returnAddress(back.getAsLong()))) {
            return Optional.empty();
        }
        return Optional.of(registers
                .with(machine.framePointer(), caller)
                .with(machine.stackPointer(), OptionalLong.of(frame + 2L * machine.wordSize()))
                .with(machine.programCounter(), OptionalLong.of(returnAddress(back.getAsLong()))));
    }

    private Optional<Registers> callerOfNowhere(Registers registers) {
        OptionalLong stack = registers.get(machine.stackPointer());
        if (stack.isEmpty()) {
            return Optional.empty();
        }
        boolean inRegister = machine == Machine.AARCH64;
        OptionalLong back = inRegister ? registers.get(ARM64_LINK_REGISTER) : dump.word(stack.getAsLong());
        if (back.isEmpty() || !isAfterCall(returnAddress(back.getAsLong()))) {
            return Optional.empty();
        }
        long after = inRegister ? stack.getAsLong() : stack.getAsLong() + machine.wordSize();
        return Optional.of(registers
                .with(machine.stackPointer(), OptionalLong.of(after))
                .with(machine.programCounter(), OptionalLong.of(returnAddress(back.getAsLong()))));
    }

    /**
     * The code that a signal interrupted. On arm64, a handler returns to code of the kernel, which is not mapped from a
     * file. The kernel has saved the registers on the stack, with a frame that repeats two of them
     * ({@code setup_sigframe()} in arch/arm64/kernel/signal.c).
     */
    private Optional<Registers> interrupted(Registers registers) {
        OptionalLong stack = registers.get(machine.stackPointer());
        OptionalLong frame = registers.get(machine.framePointer());
        if (machine != Machine.AARCH64 || stack.isEmpty() || frame.isEmpty()) {
            return Optional.empty();
        }
        Registers before = registers;
        for (int i = 0; i <= machine.programCounter(); i++) {
            long at = stack.getAsLong() + ARM64_INTERRUPTED + (long) i * machine.wordSize();
            before = before.with(i, dump.word(at));
        }
        OptionalLong pointer = before.get(machine.framePointer());
        OptionalLong link = before.get(ARM64_LINK_REGISTER);
        boolean isRepeated = pointer.isPresent()
                && link.isPresent()
                && pointer.equals(dump.word(frame.getAsLong()))
                && link.equals(dump.word(frame.getAsLong() + machine.wordSize()));
        return isRepeated ? Optional.of(before) : Optional.empty();
    }

    /** Whether a call instruction precedes an address. A word on the stack can be any number, so this is checked. */
    private boolean isAfterCall(long address) {
        Optional<Code> mapping = dump.mapping(address - 1);
        Optional<Module> module = mapping.flatMap(modules);
        return module.isPresent()
                && module.get()
                        .bytesBefore(mapping.orElseThrow(), address, 7)
                        .filter(bytes -> CallInstructions.endWithCall(machine, bytes))
                        .isPresent();
    }

    private long returnAddress(long value) {
        return machine == Machine.AARCH64 ? value & ARM64_ADDRESS : address(value);
    }

    private long address(long value) {
        return machine.wordSize() == 4 ? value & 0xffff_ffffL : value;
    }

    private static long known(OptionalLong value) {
        return value.orElseThrow(() -> new DamagedFile("unknown register"));
    }
}
