package io.procmon.symbols;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The table {@code .eh_frame} of a program. It has the rules for finding the caller of each instruction. On all
 * supported processors, compilers write it for every program, even without debugging information. The format is that of
 * the Linux Standard Base, Core, section 10.6, with the instructions of the DWARF standard, section 6.4.2.
 */
final class UnwindTable {

    private static final int STATES_MAX = 32;

    /** Functions of one program: the largest programs of students, with their libraries, have a tenth. */
    private static final int ENTRIES_MAX = 65_536;

    private static final int COMMON_MAX = 256;

    /** Instructions for one function. Compilers write some dozen. */
    private static final int STEPS_MAX = 4096;

    private static final int DW_EH_PE_OMIT = 0xff;
    private static final int DW_EH_PE_PCREL = 0x10;
    private static final int DW_EH_PE_APPLICATION = 0x70;
    private static final int DW_EH_PE_FORM = 0x0f;

    private final ElfFile elf;
    private final Optional<byte[]> bytes;
    private final long address;
    private final Map<Integer, Common> commons = new HashMap<>();

    UnwindTable(ElfFile elf) {
        this.elf = elf;
        bytes = elf.contents(".eh_frame");
        address = elf.section(".eh_frame").map(ElfFile.Section::address).orElse(0L);
    }

    /** Whether the program has no table. */
    boolean isMissing() {
        return bytes.filter(it -> it.length > 8).isEmpty();
    }

    /** The frame at an instruction; empty if the table does not contain the instruction. */
    Optional<CallFrame> frame(long instruction) {
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            ByteReader table = new ByteReader(bytes.get());
            for (int i = 0; i < ENTRIES_MAX && table.hasMore(); i++) {
                ByteReader contents = DwarfUnit.next(table).contents();
                if (!contents.hasMore()) {
                    continue; // the end of one linked table
                }
                Optional<CallFrame> found = entry(contents, instruction);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (DamagedFile damage) {
            return Optional.empty();
        }
    }

    private Optional<CallFrame> entry(ByteReader entry, long instruction) {
        int at = entry.position();
        long distance = entry.u32();
        if (distance == 0) {
            return Optional.empty(); // the entry is a header that several functions share
        }
        Common common = commonAt(at - distance);
        long from = pointer(entry, common.encoding());
        long length = pointer(entry, common.encoding() & DW_EH_PE_FORM);
        if (Long.compareUnsigned(instruction, from) < 0 || Long.compareUnsigned(instruction - from, length) >= 0) {
            return Optional.empty();
        }
        if (common.augmented()) {
            entry.skip(entry.uleb());
        }
        Program program = new Program(common);
        program.run(common.instructions().copy(), Long.MAX_VALUE);
        program.begin();
        program.run(entry, instruction - from);
        return program.frame();
    }

    /** The header that several functions share. */
    private record Common(
            long codeFactor,
            long dataFactor,
            int returnRegister,
            int encoding,
            boolean augmented,
            boolean ofSignal,
            ByteReader instructions) {}

    private Common commonAt(long position) {
        Common known = commons.get((int) position);
        if (known == null) {
            if (commons.size() == COMMON_MAX) {
                throw new DamagedFile("common entries");
            }
            ByteReader start = new ByteReader(bytes.orElseThrow());
            start.seek(position);
            known = common(start);
            commons.put((int) position, known);
        }
        return known;
    }

    private Common common(ByteReader whole) {
        DwarfUnit unit = DwarfUnit.next(whole);
        if (unit.is64()) {
            throw new DamagedFile("size of a common entry");
        }
        ByteReader in = unit.contents();
        if (in.u32() != 0) {
            throw new DamagedFile("common entry");
        }
        int version = in.u8();
        String augmentation = in.string();
        if (version >= 4) {
            in.skip(2); // sizes of an address and of a segment selector
        }
        long codeFactor = in.uleb();
        long dataFactor = in.sleb();
        int returnRegister = version == 1 ? in.u8() : (int) in.uleb();
        int encoding = 0;
        boolean augmented = augmentation.startsWith("z");
        if (augmented) {
            ByteReader data = in.part(in.uleb());
            for (char kind : augmentation.substring(1).toCharArray()) {
                switch (kind) {
                    case 'R' -> encoding = data.u8();
                    case 'L' -> data.skip(1);
                    case 'P' -> {
                        int form = data.u8();
                        pointer(data, form);
                    }
                    default -> {} // S, B and G have no data
                }
            }
        } else if (!augmentation.isEmpty()) {
            throw new DamagedFile("augmentation");
        }
        return new Common(
                codeFactor, dataFactor, returnRegister, encoding, augmented, augmentation.indexOf('S') >= 0, in);
    }

    private long pointer(ByteReader in, int encoding) {
        if (encoding == DW_EH_PE_OMIT) {
            return 0;
        }
        long at = address + in.position();
        long value = switch (encoding & DW_EH_PE_FORM) {
            case 0x0 -> in.unsigned(elf.wordSize());
            case 0x1 -> in.uleb();
            case 0x2 -> in.u16();
            case 0x3 -> in.u32();
            case 0x4, 0xc -> in.u64();
            case 0x9 -> in.sleb();
            case 0xa -> (short) in.u16();
            case 0xb -> in.s32();
            default -> throw new DamagedFile("encoding");
        };
        long known = switch (encoding & DW_EH_PE_APPLICATION) {
            case 0 -> value;
            case DW_EH_PE_PCREL -> value + at;
            default -> throw new DamagedFile("encoding");
        };
        return elf.wordSize() == 4 ? known & 0xffff_ffffL : known;
    }

    /** Runs the instructions up to one address. */
    private static final class Program {

        private record State(CallFrame.Base base, Map<Integer, Rule> rules) {}

        private final Common common;
        private final Deque<State> states = new ArrayDeque<>();
        private Map<Integer, Rule> rules = new HashMap<>();
        private Map<Integer, Rule> initial = Map.of();
        private CallFrame.Base base;
        private int steps;

        Program(Common common) {
            this.common = common;
        }

        void begin() {
            initial = Map.copyOf(rules);
        }

        Optional<CallFrame> frame() {
            return Optional.ofNullable(base)
                    .map(known -> new CallFrame(known, rules, common.returnRegister(), common.ofSignal()));
        }

        void run(ByteReader in, long until) {
            long at = 0;
            while (in.hasMore() && at <= until) {
                if (++steps > STEPS_MAX) {
                    throw new DamagedFile("instructions");
                }
                int opcode = in.u8();
                int low = opcode & 0x3f;
                switch (opcode >> 6) {
                    case 1 -> at += low * common.codeFactor();
                    case 2 -> rules.put(low, new Rule.At(in.uleb() * common.dataFactor()));
                    case 3 -> restore(low);
                    default -> {
                        switch (low) {
                            case 0x00 -> {} // DW_CFA_nop
                            case 0x01 -> throw new DamagedFile("DW_CFA_set_loc"); // no compiler writes it here
                            case 0x02 -> at += in.u8() * common.codeFactor();
                            case 0x03 -> at += in.u16() * common.codeFactor();
                            case 0x04 -> at += in.u32() * common.codeFactor();
                            default -> rule(low, in);
                        }
                    }
                }
                if (at < 0) {
                    throw new DamagedFile("advance");
                }
            }
        }

        private void rule(int opcode, ByteReader in) {
            long factor = common.dataFactor();
            switch (opcode) {
                case 0x05 -> rules.put(register(in), new Rule.At(in.uleb() * factor));
                case 0x06 -> restore(register(in));
                case 0x07 -> rules.put(register(in), new Rule.Undefined());
                case 0x08 -> rules.put(register(in), new Rule.Same());
                case 0x09 -> rules.put(register(in), new Rule.In(register(in)));
                case 0x0a -> remember();
                case 0x0b -> recall();
                case 0x0c -> base = new CallFrame.Base.Sum(register(in), in.uleb());
                case 0x0d -> base = new CallFrame.Base.Sum(register(in), sum().offset());
                case 0x0e -> base = new CallFrame.Base.Sum(sum().register(), in.uleb());
                case 0x0f -> base = new CallFrame.Base.Expression(in.part(in.uleb()));
                case 0x10 -> rules.put(register(in), new Rule.AtExpression(in.part(in.uleb())));
                case 0x11 -> rules.put(register(in), new Rule.At(in.sleb() * factor));
                case 0x12 -> base = new CallFrame.Base.Sum(register(in), in.sleb() * factor);
                case 0x13 -> base = new CallFrame.Base.Sum(sum().register(), in.sleb() * factor);
                case 0x14 -> rules.put(register(in), new Rule.Sum(in.uleb() * factor));
                case 0x15 -> rules.put(register(in), new Rule.Sum(in.sleb() * factor));
                case 0x16 -> rules.put(register(in), new Rule.Expression(in.part(in.uleb())));
                case 0x2d -> {} // DW_CFA_AARCH64_negate_ra_state: the unwinder removes signatures from addresses
                case 0x2e -> in.uleb(); // DW_CFA_GNU_args_size
                default -> throw new DamagedFile("instruction");
            }
        }

        private static int register(ByteReader in) {
            long register = in.uleb();
            if (register < 0 || register > 255) {
                throw new DamagedFile("register");
            }
            return (int) register;
        }

        private CallFrame.Base.Sum sum() {
            if (base instanceof CallFrame.Base.Sum sum) {
                return sum;
            }
            throw new DamagedFile("frame's address");
        }

        private void restore(int register) {
            Rule rule = initial.get(register);
            if (rule == null) {
                rules.remove(register);
            } else {
                rules.put(register, rule);
            }
        }

        private void remember() {
            if (states.size() == STATES_MAX) {
                throw new DamagedFile("states");
            }
            states.push(new State(base, new HashMap<>(rules)));
        }

        private void recall() {
            if (states.isEmpty()) {
                throw new DamagedFile("states");
            }
            State state = states.pop();
            base = state.base();
            rules = state.rules();
        }
    }
}
