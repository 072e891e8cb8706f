package io.procmon.symbols;

import io.procmon.events.CrashDump;
import java.util.OptionalLong;

/** The known registers of one frame. Immutable. */
final class Registers {

    private final long[] values;
    private final boolean[] known;

    private Registers(long[] values, boolean[] known) {
        this.values = values;
        this.known = known;
    }

    static Registers of(CrashDump dump) {
        long[] values = dump.registers();
        boolean[] known = new boolean[values.length];
        for (int i = 0; i <= dump.machine().programCounter() && i < known.length; i++) {
            known[i] = true;
        }
        return new Registers(values, known);
    }

    OptionalLong get(int register) {
        return register >= 0 && register < values.length && known[register]
                ? OptionalLong.of(values[register])
                : OptionalLong.empty();
    }

    Registers with(int register, OptionalLong value) {
        if (register < 0 || register >= values.length) {
            return this;
        }
        long[] others = values.clone();
        boolean[] othersKnown = known.clone();
        othersKnown[register] = value.isPresent();
        others[register] = value.orElse(0);
        return new Registers(others, othersKnown);
    }
}
