package io.procmon.ffi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The program that this process executes. */
public final class ProcessImage {

    private ProcessImage() {}

    /**
     * Executes another program in this process. The process keeps its id, its environment and its open files. The method
     * returns only if the program cannot be executed.
     *
     * @param path the program
     * @param words the name of the program and its arguments; a character stands for a byte
     */
    public static void replace(String path, List<String> words) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment arguments = arena.allocate(Native.C_POINTER, words.size() + 1L);
            for (int i = 0; i < words.size(); i++) {
                arguments.setAtIndex(Native.C_POINTER, i, arena.allocateFrom(words.get(i), ISO_8859_1));
            }
            new Libc(arena).execv(arena.allocateFrom(path), arguments);
        }
    }
}
