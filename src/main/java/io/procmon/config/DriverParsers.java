package io.procmon.config;

import io.procmon.parser.CommandParser;
import io.procmon.parser.cc.DriverParser;
import io.procmon.parser.cc.OptionTable;
import io.procmon.parser.cc.TccParser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/**
 * The parsers of C and C++ drivers: those of GCC and clang for C and for C++, nvcc, and those of compilers without a
 * table of their own.
 */
@ApplicationScoped
public class DriverParsers {

    private static final OptionTable GCC = table("gcc");
    private static final OptionTable CLANG = table("clang");
    private static final OptionTable NVCC = table("nvcc");
    private static final OptionTable UNLISTED = new OptionTable(Stream.concat(
                    Stream.of("clang", "nvcc")
                            .flatMap(family -> lines(family).stream())
                            .filter(line -> line.startsWith(".")),
                    lines("gcc").stream())
            .toList());

    /** gcc, and compilers with the same options. */
    @Produces
    @Singleton
    CommandParser gcc() {
        return new DriverParser("gcc", GCC, false);
    }

    /** g++. */
    @Produces
    @Singleton
    CommandParser gpp() {
        return new DriverParser("g++", GCC, true);
    }

    /** clang for C. */
    @Produces
    @Singleton
    CommandParser clang() {
        return new DriverParser("clang", CLANG, false);
    }

    /** clang for C++. */
    @Produces
    @Singleton
    CommandParser clangpp() {
        return new DriverParser("clang++", CLANG, true);
    }

    /** The Tiny C Compiler. */
    @Produces
    @Singleton
    CommandParser tcc() {
        return new TccParser(gcc());
    }

    /** NVIDIA's compiler for CUDA, which takes C files as they are. */
    @Produces
    @Singleton
    CommandParser nvcc() {
        return new DriverParser("nvcc", NVCC, false);
    }

    /** Compilers for C or Fortran that have no table of their own, recognised by their names. */
    @Produces
    @Singleton
    CommandParser unlisted() {
        return DriverParser.ofUnlisted("unlisted", UNLISTED, false);
    }

    /** Compilers for C++ that have no table of their own, recognised by their names. */
    @Produces
    @Singleton
    CommandParser unlistedpp() {
        return DriverParser.ofUnlisted("unlisted++", UNLISTED, true);
    }

    private static OptionTable table(String family) {
        return new OptionTable(lines(family));
    }

    /** The options of both families, then those of one family, which override them. */
    private static List<String> lines(String family) {
        return Stream.of("parsers/cc.options", "parsers/%s.options".formatted(family))
                .flatMap(name -> ResourceTable.lines(name).stream())
                .toList();
    }

    /** All parsers, for callers without a CDI container. */
    public static List<CommandParser> all() {
        DriverParsers parsers = new DriverParsers();
        return List.of(
                parsers.gcc(),
                parsers.gpp(),
                parsers.clang(),
                parsers.clangpp(),
                parsers.nvcc(),
                parsers.tcc(),
                parsers.unlisted(),
                parsers.unlistedpp());
    }
}
