package io.procmon.bpf;

import io.procmon.process.RawText;
import java.io.ByteArrayOutputStream;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Many strings, stored as bytes. Each access creates a new {@code String}. A record may have one argument per two
 * bytes. As objects, these arguments would take twenty times as much memory as in the kernel. Immutable.
 */
final class PackedStrings extends AbstractList<String> implements RandomAccess {

    /** Fewer strings are kept as objects. */
    static final int WORTH_IT = 256;

    private final byte[] bytes;
    private final int[] ends;

    private PackedStrings(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    static List<String> of(List<String> strings) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] ends = new int[strings.size()];
        for (int i = 0; i < ends.length; i++) {
            bytes.writeBytes(RawText.encode(strings.get(i)));
            ends[i] = bytes.size();
        }
        return new PackedStrings(bytes.toByteArray(), ends);
    }

    @Override
    public String get(int index) {
        int begin = index == 0 ? 0 : ends[index - 1];
        return RawText.decode(bytes, begin, ends[index]);
    }

    @Override
    public int size() {
        return ends.length;
    }
}
