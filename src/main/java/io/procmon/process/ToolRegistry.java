package io.procmon.process;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds the tools that procmon knows, and finds the tool of an executable. */
public final class ToolRegistry {

    /** Tools that require a name or an argument come first. */
    private static final Comparator<Tool> SPECIFIC_FIRST = Comparator.comparing(
                    (Tool tool) -> tool.invokedAs().isEmpty() && tool.argument().isEmpty())
            .thenComparing(Tool::name);

    private final List<Tool> tools;
    private final Memo<ContainerPath, List<Tool>> candidates = new Memo<>(this::candidates);

    /**
     * @param added the configured tools; they are checked first, because their patterns may match a file that a
     * built-in pattern also matches
     * @param builtIn the tools that procmon knows without configuration
     */
    public ToolRegistry(List<Tool> added, List<Tool> builtIn) {
        tools = Stream.of(added, builtIn)
                .flatMap(some -> some.stream().sorted(SPECIFIC_FIRST))
                .toList();
    }

    /** All tools, in the order in which they are checked. */
    public List<Tool> tools() {
        return tools;
    }

    /**
     * Finds the tool of an executable.
     *
     * @param executable the executable, with symbolic links resolved
     * @param argv the command line; its first argument can be any text
     */
    public Optional<Tool> find(ContainerPath executable, List<String> argv) {
        for (Tool tool : candidates.get(executable)) {
            if (tool.isCalledBy(argv)) {
                return Optional.of(tool);
            }
        }
        return Optional.empty();
    }

    private List<Tool> candidates(ContainerPath executable) {
        return tools.stream().filter(tool -> tool.isAt(executable)).toList();
    }
}
