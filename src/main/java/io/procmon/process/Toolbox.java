package io.procmon.process;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tools that procmon knows, and which of them an executable is. */
public final class Toolbox {

    /** Those that ask for a name or an argument. */
    private static final Comparator<Tool> SPECIFIC_FIRST = Comparator.comparing(
                    (Tool tool) -> tool.invokedAs().isEmpty() && tool.argument().isEmpty())
            .thenComparing(Tool::name);

    private final List<Tool> tools;
    private final Memo<ContainerPath, List<Tool>> candidates = new Memo<>(this::candidates);

    /**
     * @param added those that somebody has added, who may mean a file that a built-in one's pattern matches too: they are
     *     asked first
     * @param builtIn procmon's own
     */
    public Toolbox(List<Tool> added, List<Tool> builtIn) {
        tools = Stream.of(added, builtIn)
                .flatMap(some -> some.stream().sorted(SPECIFIC_FIRST))
                .toList();
    }

    /** All tools, in the order in which they are asked. */
    public List<Tool> tools() {
        return tools;
    }

    /**
     * Which tool an executable is.
     *
     * @param executable the resolved executable, across symbolic links
     * @param argv with the name that the caller gave, which may be any text
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
