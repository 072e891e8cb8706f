package io.procmon.bpf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The names in the kernel's type information (BTF). The file has some 6 MB, so it is read in parts: a file that is read at once stays
 * in a direct buffer of the thread.
 */
final class KernelTypes {

    /** The bytes of a part. */
    static final int PART_SIZE = 1 << 16;

    private KernelTypes() {}

    /**
     * The names that are not there.
     *
     * @param types the type information; each name in it ends with a NUL and follows one
     * @param names names that are shorter than a part
     */
    static List<String> missing(InputStream types, Collection<String> names) throws IOException {
        List<String> missing = new ArrayList<>(names);
        int longest = names.stream().mapToInt(String::length).max().orElse(0) + 2;
        byte[] part = new byte[PART_SIZE + longest];
        int kept = 0;
        int size = types.readNBytes(part, 0, PART_SIZE);
        while (size > 0 && !missing.isEmpty()) {
            String text = new String(part, 0, kept + size, ISO_8859_1);
            missing.removeIf(name -> text.contains("\0" + name + "\0"));
            int last = Math.min(longest, kept + size);
            System.arraycopy(part, kept + size - last, part, 0, last);
            kept = last;
            size = types.readNBytes(part, kept, PART_SIZE);
        }
        return missing;
    }
}
