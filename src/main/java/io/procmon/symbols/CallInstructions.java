package io.procmon.symbols;

import io.procmon.events.CrashDump.Machine;

/** Recognises calls: volume 2 of Intel's manual, and the manual of the Arm architecture. */
final class CallInstructions {

    private CallInstructions() {}

    /** Whether the last bytes are a call instruction. */
    static boolean endWithCall(Machine machine, byte[] bytes) {
        return machine == Machine.AARCH64 ? endWithArmCall(bytes) : endWithX86Call(bytes);
    }

    /** {@code bl}, and {@code blr} with its variants. */
    private static boolean endWithArmCall(byte[] bytes) {
        if (bytes.length < 4) {
            return false;
        }
        int last = bytes[bytes.length - 1] & 0xff;
        int before = bytes[bytes.length - 2] & 0xff;
        return last >> 2 == 0b100101 || (last == 0xd6 && before == 0x3f) || (last == 0xd7 && before == 0x3f);
    }

    /** A near call to a distance, or through a register or a word of memory. */
    private static boolean endWithX86Call(byte[] bytes) {
        if (at(bytes, 5) == 0xe8) {
            return true;
        }
        for (int length = 2; length <= 7; length++) {
            if (at(bytes, length) == 0xff && lengthOfIndirectCall(bytes, length) == length) {
                return true;
            }
        }
        return false;
    }

    private static int lengthOfIndirectCall(byte[] bytes, int length) {
        int operand = at(bytes, length - 1);
        if ((operand >> 3 & 7) != 2) {
            return 0;
        }
        int mode = operand >> 6;
        int register = operand & 7;
        boolean hasIndex = register == 4 && mode != 3;
        int size = hasIndex ? 3 : 2;
        boolean isAbsolute =
                mode == 0 && (register == 5 || (hasIndex && length > 2 && (at(bytes, length - 2) & 7) == 5));
        return switch (mode) {
            case 0 -> isAbsolute ? size + 4 : size;
            case 1 -> size + 1;
            case 2 -> size + 4;
            default -> 2;
        };
    }

    private static int at(byte[] bytes, int fromEnd) {
        return fromEnd <= bytes.length && fromEnd > 0 ? bytes[bytes.length - fromEnd] & 0xff : -1;
    }
}
