package io.procmon.diagnostics;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * The place where a signal ended a program.
 *
 * @param signal the number of the signal
 * @param address the address of the fault; empty if the signal has none
 * @param frames the known functions, the innermost first, at most {@value #MOST}
 */
public record Crash(int signal, OptionalLong address, List<Frame> frames) {

    /** The most frames of a crash. */
    public static final int MOST = 16;

    /**
     * A function on the call stack.
     *
     * @param function its name; empty if the program has no symbol for it
     * @param offset the distance from the beginning of the function, in bytes
     * @param file the path relative to the homework directory, or the name that the compiler wrote; empty without
     * debugging information
     * @param line the line, from 1
     * @param module the name of the program or the library
     * @param address the address in the module, as {@code addr2line -e module} expects it
     */
    public record Frame(
            Optional<String> function,
            OptionalLong offset,
            Optional<String> file,
            OptionalInt line,
            Optional<String> module,
            OptionalLong address) {

        private Frame renamed(UnaryOperator<String> names) {
            return new Frame(function.map(names), offset, file.map(names), line, module.map(names), address);
        }
    }

    /** Rejects a list that is too long. */
    public Crash {
        frames = List.copyOf(frames);
        if (frames.size() > MOST) {
            throw new IllegalArgumentException("too many frames: " + frames.size());
        }
    }

    /** The innermost frame in a file of the homework, with a line. Frames of libraries have no lines, or absolute names. */
    public Optional<Frame> place() {
        return frames.stream()
                .filter(frame -> frame.line().isPresent())
                .filter(frame ->
                        frame.file().filter(name -> !name.startsWith("/")).isPresent())
                .findFirst();
    }

    /** The same with the names of files and functions replaced, because both can contain the student's name. */
    public Crash renamed(UnaryOperator<String> names) {
        return new Crash(
                signal, address, frames.stream().map(it -> it.renamed(names)).toList());
    }

    /** The crash as an error whose type is the signal; empty if neither a function nor a line is known. */
    Optional<Diagnostic> diagnostic() {
        return place().or(() ->
                        frames.stream().filter(it -> it.function().isPresent()).findFirst())
                .map(frame -> new Diagnostic(
                        Severity.ERROR,
                        signalName(),
                        Optional.empty(),
                        Optional.of(signalName()
                                + frame.function().map(it -> " in " + it).orElse("")),
                        place().flatMap(Frame::file),
                        place().map(Frame::line).orElse(OptionalInt.empty()),
                        OptionalInt.empty(),
                        Diagnostics.CRASH));
    }

    /** The usual name of the signal, such as {@code SIGSEGV}. */
    String signalName() {
        return switch (signal) {
            case 4 -> "SIGILL";
            case 5 -> "SIGTRAP";
            case 6 -> "SIGABRT";
            case 7 -> "SIGBUS";
            case 8 -> "SIGFPE";
            case 11 -> "SIGSEGV";
            case 31 -> "SIGSYS";
            default -> "signal " + signal;
        };
    }
}
