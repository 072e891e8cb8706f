package io.procmon.events;

import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of a process when a signal ended it: its registers, a part of its stack, and the files of its code. The
 * program controls all of these bytes. Immutable.
 */
public final class CrashDump {

    /**
     * {@code si_code} of a fault whose address the processor does not know: SI_KERNEL,
     * include/uapi/asm-generic/siginfo.h.
     */
    private static final int SI_KERNEL = 0x80;

    /** The signals that have the address of the fault: SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV. */
    private static final List<Integer> WITH_ADDRESS = List.of(4, 5, 7, 8, 11);

    /** The processors whose registers are known, with their numbers in the DWARF supplements. */
    public enum Machine {
        X86_64(62, 8, 7, 6, 16),
        I386(3, 4, 4, 5, 8),
        AARCH64(183, 8, 31, 29, 32);

        private final int elfNumber;
        private final int wordSize;
        private final int stackPointer;
        private final int framePointer;
        private final int programCounter;

        Machine(int elfNumber, int wordSize, int stackPointer, int framePointer, int programCounter) {
            this.elfNumber = elfNumber;
            this.wordSize = wordSize;
            this.stackPointer = stackPointer;
            this.framePointer = framePointer;
            this.programCounter = programCounter;
        }

        /** The machine with a number of {@code e_machine} in elf(5). */
        public static Optional<Machine> of(int elfNumber) {
            for (Machine machine : values()) {
                if (machine.elfNumber == elfNumber) {
                    return Optional.of(machine);
                }
            }
            return Optional.empty();
        }

        /** {@code e_machine} in elf(5). */
        public int elfNumber() {
            return elfNumber;
        }

        /** The size of an address, in bytes. */
        public int wordSize() {
            return wordSize;
        }

        /** The register that points to the stack. */
        public int stackPointer() {
            return stackPointer;
        }

        /** The register that points to the frame, in a function that has one. */
        public int framePointer() {
            return framePointer;
        }

        /** The register with the address of the instruction. */
        public int programCounter() {
            return programCounter;
        }
    }

    /**
     * Executable memory that was mapped from a file.
     *
     * @param start the first address
     * @param end the address after the last one
     * @param fileOffset the offset of its beginning in the file
     * @param file the identity of the file
     * @param size the size of the file, in bytes
     * @param path the path that the process saw; empty if it is too long
     */
    public record Code(long start, long end, long fileOffset, FileId file, long size, Optional<ContainerPath> path) {

        /** Whether it contains an address. */
        public boolean contains(long address) {
            return Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, end) < 0;
        }
    }

    /**
     * A stack frame that a frame pointer points to.
     *
     * @param address the value of the frame pointer
     * @param caller the frame pointer of the caller
     * @param returnAddress the address in the caller
     */
    public record Link(long address, long caller, long returnAddress) {}

    private final int signal;
    private final int code;
    private final long address;
    private final Machine machine;
    private final long[] registers;
    private final byte[] stack;
    private final List<Link> chain;
    private final List<Code> mappings;

    /**
     * @param code {@code si_code} of sigaction(2)
     * @param address {@code si_addr} of sigaction(2), if the signal has one
     * @param registers the registers, in the numbering of DWARF
     * @param stack the bytes from the stack pointer on
     * @param chain the frames that the frame pointers form
     */
    public CrashDump(
            int signal,
            int code,
            long address,
            Machine machine,
            long[] registers,
            byte[] stack,
            List<Link> chain,
            List<Code> mappings) {
        this.signal = signal;
        this.code = code;
        this.address = address;
        this.machine = machine;
        this.registers = registers.clone();
        this.stack = stack.clone();
        this.chain = List.copyOf(chain);
        this.mappings = List.copyOf(mappings);
    }

    public int signal() {
        return signal;
    }

    /** The address of the fault; empty for a signal that another process or the program itself has sent. */
    public OptionalLong address() {
        boolean known = code > 0 && code != SI_KERNEL && WITH_ADDRESS.contains(signal);
        return known ? OptionalLong.of(address) : OptionalLong.empty();
    }

    public Machine machine() {
        return machine;
    }

    /** The registers, in the numbering of DWARF. */
    public long[] registers() {
        return registers.clone();
    }

    /** The executable memory that was mapped from files. */
    public List<Code> mappings() {
        return mappings;
    }

    /** The executable memory that contains an address. */
    public Optional<Code> mapping(long at) {
        return mappings.stream().filter(mapping -> mapping.contains(at)).findFirst();
    }

    /** The word of the stack at an address; empty if it was not kept. */
    public OptionalLong word(long at) {
        int size = machine.wordSize();
        long from = at - registers[machine.stackPointer()];
        if (from >= 0 && from <= stack.length - size) {
            long word = 0;
            for (int i = size - 1; i >= 0; i--) {
                word = word << Byte.SIZE | (stack[(int) from + i] & 0xff);
            }
            return OptionalLong.of(word);
        }
        for (Link link : chain) {
            if (link.address() == at) {
                return OptionalLong.of(link.caller());
            }
            if (link.address() + size == at) {
                return OptionalLong.of(link.returnAddress());
            }
        }
        return OptionalLong.empty();
    }

    /** A description without the stack, which may contain personal data. */
    @Override
    public String toString() {
        return "CrashDump[signal=%d, machine=%s, stack=%d bytes, mappings=%d]"
                .formatted(signal, machine, stack.length, mappings.size());
    }
}
