package io.procmon.bpf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A record as the kernel program writes it: a struct, followed by the texts of an exec. */
final class RawRecord {

    private final StructLayout layout;
    private final MemorySegment struct;
    private byte[] texts = {};

    private RawRecord(StructLayout layout) {
        this.layout = layout;
        this.struct = MemorySegment.ofArray(new byte[(int) layout.byteSize()]);
    }

    /** An exec without any text. */
    static RawRecord exec() {
        return new RawRecord(KernelLayouts.EXEC_RECORD).set(KernelLayouts.RECORD_EXEC, "kind");
    }

    /** An exit. */
    static RawRecord exit() {
        return new RawRecord(KernelLayouts.EXIT_RECORD).set(KernelLayouts.RECORD_EXIT, "kind");
    }

    /** Writes a member of 32 bits. */
    RawRecord set(int value, String... member) {
        KernelLayouts.member(layout, member).set(struct, 0L, value);
        return this;
    }

    /** Writes a member of 64 bits. */
    RawRecord set(long value, String... member) {
        KernelLayouts.member(layout, member).set(struct, 0L, value);
        return this;
    }

    RawRecord hostname(String hostname) {
        byte[] bytes = hostname.getBytes(UTF_8);
        MemorySegment.copy(
                bytes,
                0,
                struct,
                ValueLayout.JAVA_BYTE,
                KernelLayouts.offset(layout, "hostname"),
                Math.min(bytes.length, KernelLayouts.HOSTNAME_SIZE));
        return this;
    }

    /** Appends a text, and stores its size in a member. Texts follow each other in the order of these members. */
    RawRecord text(String member, byte... bytes) {
        set(bytes.length, member);
        int length = texts.length;
        texts = Arrays.copyOf(texts, length + bytes.length);
        System.arraycopy(bytes, 0, texts, length, bytes.length);
        return this;
    }

    RawRecord text(String member, String text) {
        return text(member, text.getBytes(UTF_8));
    }

    byte[] bytes() {
        byte[] head = struct.toArray(ValueLayout.JAVA_BYTE);
        byte[] bytes = Arrays.copyOf(head, head.length + texts.length);
        System.arraycopy(texts, 0, bytes, head.length, texts.length);
        return bytes;
    }
}
