package io.procmon.join;

import io.procmon.events.ExecRecord;
import io.procmon.parser.ProcessFiles;
import io.procmon.parser.cc.ArgumentFiles;
import io.procmon.process.ContainerPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A tool that makes files from files, and names them on its command line: those of coreutils and binutils, patchelf,
 * and {@code cmake -E}. Sources: cp(1), mv(1), ln(1), install(1), dd(1), ar(1), ranlib(1), strip(1), objcopy(1), ld(1),
 * patchelf(1), cmake(1).
 *
 * <p>A target may be a file or a directory. When procmon reads the command line, it is too late to look at the target.
 * So both are taken; the wrong one matches no file.
 */
enum FileTool {
    CP("tS", "target-directory suffix"),
    MV("tS", "target-directory suffix"),
    LN("tS", "target-directory suffix"),
    INSTALL("tSmog", "target-directory suffix mode owner group strip-program"),
    DD("", ""),
    AR("", "plugin target output"),
    RANLIB("", "plugin"),
    STRIP("oFIOKNR", "target input-target output-target keep-symbol strip-symbol remove-section keep-section"),
    OBJCOPY("FIOBjKNRGLWbi", """
            target input-target output-target binary-architecture only-section keep-symbol strip-symbol remove-section
            keep-global-symbol localize-symbol weaken-symbol globalize-symbol keep-symbols strip-symbols byte
            localize-symbols weaken-symbols globalize-symbols keep-global-symbols strip-unneeded-symbol
            strip-unneeded-symbols keep-section add-section update-section dump-section set-section-flags
            set-section-alignment rename-section redefine-sym redefine-syms add-gnu-debuglink add-symbol
            change-section-address change-section-lma change-section-vma change-addresses change-start adjust-start
            adjust-vma set-start gap-fill pad-to prefix-symbols prefix-sections prefix-alloc-sections alt-machine-code
            srec-len interleave-width subsystem image-base stack heap file-alignment section-alignment"""),
    PATCHELF("", """
            set-interpreter set-rpath add-rpath allowed-rpath-prefixes set-soname add-needed remove-needed
            page-size output set-os-abi clear-symbol-version add-debug-tag rename-dynamic-symbols"""),
    LD("", ""),
    CMAKE("", "");

    /** A limit above the number of files that a Makefile gives to one call. */
    private static final int OPERANDS_MAX = 256;

    private static final Pattern NAME = Pattern.compile("g?(cp|mv|ln|install|dd)|(patchelf|cmake)"
            + "|(?:[A-Za-z0-9_.]+-)*(ar|ranlib|strip|objcopy|ld)(?:\\.(?:bfd|gold|lld))?(?:-[0-9.]+)?");

    private static final Map<String, String> SHORT_NAMES =
            Map.of("-o", "--output", "-t", "--target-directory", "-s", "--symbolic");

    private final String shortWithValue;
    private final String longWithValue;

    FileTool(String shortWithValue, String longWithValue) {
        this.shortWithValue = shortWithValue;
        this.longWithValue = " " + longWithValue.replace('\n', ' ') + " ";
    }

    /** A call of a tool. */
    record Call(FileTool tool, List<String> arguments, ContainerPath cwd) {

        /**
         * The files that the call reads and writes.
         *
         * @param files for argument files ({@code @file}), which all tools of binutils read (binutils(1))
         */
        List<Transfer> transfers(ProcessFiles files) {
            List<String> all = tool.readsArgumentFiles() ? new ArgumentFiles(files, cwd).expand(arguments) : arguments;
            return tool.transfers(new Call(tool, all, cwd));
        }
    }

    /** The call of an exec; empty if the program is none of these tools. */
    static Optional<Call> of(ExecRecord exec) {
        List<String> argv = exec.call().argv().arguments();
        if (argv.isEmpty()) {
            return Optional.empty();
        }
        boolean first = isMultiCall(argv.getFirst()) && argv.size() > 1;
        List<String> arguments = argv.subList(first ? 2 : 1, argv.size());
        return Stream.of(
                        argv.get(first ? 1 : 0), exec.call().executable().path().value())
                .flatMap(name -> named(name.substring(name.lastIndexOf('/') + 1)).stream())
                .findFirst()
                .map(tool -> new Call(tool, arguments, exec.call().cwd()));
    }

    private static boolean isMultiCall(String program) {
        return program.substring(program.lastIndexOf('/') + 1).equals("busybox");
    }

    private static Optional<FileTool> named(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Stream.of(matcher.group(1), matcher.group(2), matcher.group(3))
                .filter(word -> word != null)
                .findFirst()
                .map(word -> valueOf(word.toUpperCase(Locale.ROOT)));
    }

    private boolean readsArgumentFiles() {
        return switch (this) {
            case AR, RANLIB, STRIP, OBJCOPY, LD -> true;
            case CP, MV, LN, INSTALL, DD, PATCHELF, CMAKE -> false;
        };
    }

    private List<Transfer> transfers(Call call) {
        return switch (this) {
            case CP -> copies(Words.of(this, call), false);
            case MV -> copies(Words.of(this, call), true);
            case INSTALL -> {
                Words words = Words.of(this, call);
                yield words.has("-d", "--directory") ? List.of() : copies(words, false);
            }
            case LN -> {
                Words words = Words.of(this, call);
                yield links(words, words.has("--symbolic"));
            }
            case DD -> dd(call);
            case AR -> archive(call);
            case RANLIB, STRIP, PATCHELF -> inPlace(Words.of(this, call));
            case OBJCOPY -> objcopy(Words.of(this, call));
            case LD -> linked(call);
            case CMAKE -> cmake(call);
        };
    }

    /** The words of a command line, split as getopt_long(3) does. */
    private static final class Words {

        private final ContainerPath cwd;
        private final List<String> options = new ArrayList<>();
        private final List<String> values = new ArrayList<>();
        private final List<String> operands = new ArrayList<>();

        private Words(ContainerPath cwd) {
            this.cwd = cwd;
        }

        static Words of(FileTool tool, Call call) {
            Words words = new Words(call.cwd());
            List<String> arguments = call.arguments();
            for (int i = 0; i < arguments.size(); i++) {
                String word = arguments.get(i);
                String next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
                if (word.equals("--")) {
                    arguments.subList(i + 1, arguments.size()).forEach(words::operand);
                    break;
                }
                if (word.startsWith("--")) {
                    int equals = word.indexOf('=');
                    boolean takesNext = equals < 0 && tool.longWithValue.contains(" " + word.substring(2) + " ");
                    words.option(
                            equals < 0 ? word : word.substring(0, equals),
                            takesNext ? next : word.substring(equals + 1));
                    i += takesNext ? 1 : 0;
                } else if (word.startsWith("-") && word.length() > 1) {
                    i += words.shortOptions(tool, word, next) ? 1 : 0;
                } else {
                    words.operand(word);
                }
            }
            return words;
        }

        /** Whether the last of these options takes the next word as its value. */
        private boolean shortOptions(FileTool tool, String word, String next) {
            for (int at = 1; at < word.length(); at++) {
                if (tool.shortWithValue.indexOf(word.charAt(at)) >= 0) {
                    boolean takesNext = at + 1 == word.length();
                    option("-" + word.charAt(at), takesNext ? next : word.substring(at + 1));
                    return takesNext;
                }
                option("-" + word.charAt(at), "");
            }
            return false;
        }

        private void option(String name, String value) {
            options.add(SHORT_NAMES.getOrDefault(name, name));
            values.add(value);
        }

        private void operand(String word) {
            if (operands.size() < OPERANDS_MAX && !word.isEmpty()) {
                operands.add(word);
            }
        }

        boolean has(String... names) {
            return Stream.of(names).anyMatch(options::contains);
        }

        Optional<ContainerPath> value(String option) {
            int at = options.lastIndexOf(option);
            return at < 0 || values.get(at).isEmpty() ? Optional.empty() : Optional.of(cwd.resolve(values.get(at)));
        }

        ContainerPath below(ContainerPath directory, String name) {
            return directory.resolve(cwd.resolve(name).fileName());
        }

        List<ContainerPath> paths() {
            return operands.stream().map(cwd::resolve).toList();
        }
    }

    private static List<Transfer> copies(Words words, boolean moves) {
        boolean keepsTime = moves || words.has("-p", "-a", "--archive", "--preserve", "--preserve-timestamps");
        boolean deep = moves || words.has("-r", "-R", "-a", "--recursive", "--archive");
        return targets(words, (name, to) -> new Transfer(List.of(words.cwd.resolve(name)), to, moves, keepsTime, deep));
    }

    /** Links. The target of a symbolic link is relative to the directory of the link. */
    private static List<Transfer> links(Words words, boolean symbolic) {
        return targets(
                words,
                (name, to) -> new Transfer(
                        List.of((symbolic ? to.parent() : words.cwd).resolve(name)), to, false, true, symbolic));
    }

    private interface Making {
        Transfer make(String name, ContainerPath to);
    }

    private static List<Transfer> targets(Words words, Making making) {
        List<String> names = words.operands;
        Optional<ContainerPath> directory = words.value("--target-directory")
                .or(() -> names.size() == 1 ? Optional.of(words.cwd) : Optional.empty()); // ln TARGET
        List<Transfer> transfers = new ArrayList<>();
        if (directory.isPresent()) {
            names.forEach(name -> transfers.add(making.make(name, words.below(directory.get(), name))));
            return transfers;
        }
        if (names.isEmpty()) {
            return transfers;
        }
        ContainerPath last = words.cwd.resolve(names.getLast());
        for (String name : names.subList(0, names.size() - 1)) {
            if (names.size() == 2) {
                transfers.add(making.make(name, last));
            }
            if (!words.has("-T", "--no-target-directory")) {
                transfers.add(making.make(name, words.below(last, name)));
            }
        }
        return transfers;
    }

    private static List<Transfer> dd(Call call) {
        UnaryOperator<String> value = name -> call.arguments().stream()
                .filter(word -> word.startsWith(name))
                .map(word -> word.substring(name.length()))
                .findFirst()
                .orElse("");
        String from = value.apply("if=");
        String to = value.apply("of=");
        return from.isEmpty() || to.isEmpty()
                ? List.of()
                : List.of(Transfer.of(
                        List.of(call.cwd().resolve(from)), call.cwd().resolve(to)));
    }

    /** {@code ar [-]keyletters [-options]… [relpos] [count] archive member…}. */
    private static List<Transfer> archive(Call call) {
        List<String> words =
                call.arguments().stream().filter(word -> !word.startsWith("--")).toList();
        if (words.isEmpty()) {
            return List.of();
        }
        int options = 1;
        while (options < words.size() && words.get(options).startsWith("-")) {
            options++;
        }
        String letters = String.join("", words.subList(0, options));
        int archive = options
                + (int) letters.chars()
                        .filter(letter -> "abiN".indexOf(letter) >= 0)
                        .count();
        boolean writes = "rqsdm".chars().anyMatch(letter -> letters.indexOf(letter) >= 0);
        if (!writes || words.size() <= archive) {
            return List.of();
        }
        List<ContainerPath> paths = words.stream()
                .skip(archive)
                .limit(OPERANDS_MAX)
                .map(call.cwd()::resolve)
                .toList();
        return List.of(Transfer.of(paths, paths.getFirst()));
    }

    private static List<Transfer> inPlace(Words words) {
        Optional<ContainerPath> output = words.value("--output");
        return words.paths().stream()
                .map(file -> output.map(to -> Transfer.of(List.of(file), to)).orElseGet(() -> Transfer.within(file)))
                .toList();
    }

    private static List<Transfer> objcopy(Words words) {
        List<ContainerPath> paths = words.paths();
        return paths.isEmpty() ? List.of() : List.of(Transfer.of(List.of(paths.getFirst()), paths.getLast()));
    }

    /**
     * Linked files. Linker options have many letters. The values of options are among the operands, but they name no
     * file that a build wrote.
     */
    private static List<Transfer> linked(Call call) {
        ContainerPath output = call.cwd().resolve("a.out");
        List<ContainerPath> inputs = new ArrayList<>();
        List<String> words = call.arguments();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if ((word.equals("-o") || word.equals("--output")) && i + 1 < words.size()) {
                output = call.cwd().resolve(words.get(++i));
            } else if (word.startsWith("--output=")) {
                output = call.cwd().resolve(word.substring("--output=".length()));
            } else if (!word.startsWith("-") && !word.isEmpty() && inputs.size() < OPERANDS_MAX) {
                inputs.add(call.cwd().resolve(word));
            }
        }
        return List.of(Transfer.of(inputs, output));
    }

    /** {@code cmake -E copy from… to}. */
    private static List<Transfer> cmake(Call call) {
        List<String> words = call.arguments();
        if (words.size() < 2 || !words.getFirst().equals("-E")) {
            return List.of();
        }
        Call like = new Call(CP, words.subList(2, words.size()), call.cwd());
        return switch (words.get(1)) {
            case "copy", "copy_if_different", "copy_if_newer" -> copies(Words.of(CP, like), false);
            case "copy_directory", "copy_directory_if_different" ->
                targets(
                        Words.of(CP, like),
                        (name, to) -> new Transfer(List.of(call.cwd().resolve(name)), to, false, false, true));
            case "rename" -> copies(Words.of(MV, like), true);
            case "create_hardlink" -> links(Words.of(LN, like), false);
            case "create_symlink" -> links(Words.of(LN, like), true);
            default -> List.of();
        };
    }
}
