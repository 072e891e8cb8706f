package io.procmon.symbols;

import io.procmon.diagnostics.Crash;
import io.procmon.diagnostics.Places;
import io.procmon.events.CrashDump;
import io.procmon.events.CrashDump.Code;
import io.procmon.events.FileId;
import io.procmon.symbols.StackUnwinder.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Finds the functions and lines of a crash. Damaged files and stacks give fewer frames, and no error. */
public final class CrashReader {

    /** The first function of a student's program. */
    private static final String MAIN = "main";

    /** The function of the C library that calls main, for programs without symbols. */
    private static final String START = "__libc_start_main";

    /** The function of Rust's library that calls main. Rust's own messages end at it too. */
    private static final String RUST_START = "__rust_begin_short_backtrace";

    private final CrashDump dump;
    private final ProgramFiles files;
    private final Map<FileId, Optional<Module>> modules = new HashMap<>();

    private CrashReader(CrashDump dump, ProgramFiles files) {
        this.dump = dump;
        this.files = files;
    }

    /**
     * Reads a crash.
     *
     * @param files opens the files of the process
     * @param places the homework directory; names of files are relative to it
     */
    public static Crash read(CrashDump dump, ProgramFiles files, Places places) {
        try {
            return new CrashReader(dump, files).crash(places);
        } catch (DamagedFile | IndexOutOfBoundsException | ArithmeticException damage) {
            return withoutFrames(dump);
        }
    }

    /** The facts of a crash that need no file. */
    public static Crash withoutFrames(CrashDump dump) {
        return new Crash(dump.signal(), dump.address(), List.of());
    }

    private Crash crash(Places places) {
        List<Position> positions = new StackUnwinder(dump, this::module).frames(Crash.MOST);
        Map<Position, LineTable.SourceLine> lines = lines(positions);
        List<Crash.Frame> frames = new ArrayList<>();
        for (Position position : positions) {
            Crash.Frame frame = frame(position, Optional.ofNullable(lines.get(position)), places);
            if (frame.function().filter(START::equals).isPresent()) {
                return new Crash(dump.signal(), dump.address(), withoutCallOfMain(frames, frame));
            }
            if (frame.function().filter(name -> name.contains(RUST_START)).isPresent()) {
                break;
            }
            frames.add(frame);
            if (frame.function().filter(MAIN::equals).isPresent()) {
                break;
            }
        }
        return new Crash(dump.signal(), dump.address(), frames);
    }

    /** Removes the function without a name that newer C libraries call between their start and main. */
    private static List<Crash.Frame> withoutCallOfMain(List<Crash.Frame> frames, Crash.Frame start) {
        boolean hasCall = !frames.isEmpty()
                && frames.getLast().function().isEmpty()
                && frames.getLast().module().equals(start.module());
        return hasCall ? frames.subList(0, frames.size() - 1) : frames;
    }

    private Crash.Frame frame(Position position, Optional<LineTable.SourceLine> line, Places places) {
        Optional<Module> module = position.mapping().flatMap(this::module);
        OptionalLong address = addressOf(position);
        Optional<SymbolTable.Function> function = address.isPresent()
                ? module.flatMap(known -> known.symbols().function(address.getAsLong()))
                : Optional.empty();
        return new Crash.Frame(
                function.map(SymbolTable.Function::name).map(CppNames::readable),
                function.map(it -> OptionalLong.of(address.getAsLong() - it.address()))
                        .orElse(OptionalLong.empty()),
                line.map(it -> named(it.file(), places)),
                line.map(it -> OptionalInt.of(it.line())).orElse(OptionalInt.empty()),
                position.mapping().flatMap(Code::path).map(path -> path.fileName()),
                address);
    }

    /** The name of a file for the event. A name is relative if the compiler was told to hide its directory. */
    private static String named(String file, Places places) {
        return file.startsWith("/") ? places.inHomework(file).orElse(file) : file.replaceFirst("^(?:\\./)+", "");
    }

    /** The lines of all frames. The line table of a file is read once. */
    private Map<Position, LineTable.SourceLine> lines(List<Position> positions) {
        Map<Module, List<Long>> addresses = new HashMap<>();
        for (Position position : positions) {
            Optional<Module> module = position.mapping().flatMap(this::module);
            OptionalLong address = addressOf(position);
            if (module.isPresent() && address.isPresent()) {
                addresses.computeIfAbsent(module.get(), _ -> new ArrayList<>()).add(address.getAsLong());
            }
        }
        Map<Module, Map<Long, LineTable.SourceLine>> byModule = new HashMap<>();
        addresses.forEach((module, wanted) -> byModule.put(
                module, module.lines().lines(wanted.stream().distinct().toList())));
        Map<Position, LineTable.SourceLine> lines = new HashMap<>();
        for (Position position : positions) {
            position.mapping()
                    .flatMap(this::module)
                    .map(byModule::get)
                    .map(known -> known.get(addressOf(position).orElse(-1)))
                    .ifPresent(line -> lines.put(position, line));
        }
        return lines;
    }

    private OptionalLong addressOf(Position position) {
        return position.mapping()
                .flatMap(mapping -> module(mapping).map(known -> known.addressOf(mapping, position.instruction())))
                .orElse(OptionalLong.empty());
    }

    private Optional<Module> module(Code mapping) {
        Optional<Module> known = modules.get(mapping.file());
        if (known == null) {
            known = files.open(mapping)
                    .flatMap(ElfFile::of)
                    .filter(elf -> elf.machine() == dump.machine().elfNumber()
                            && elf.wordSize() == dump.machine().wordSize())
                    .map(Module::new);
            modules.put(mapping.file(), known);
        }
        return known;
    }
}
