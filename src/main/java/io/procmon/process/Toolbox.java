package io.procmon.process;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The tools that procmon knows, and which of them an executable is. */
public final class Toolbox {

    private final List<Tool> tools;
    private final Memo<ContainerPath, List<Tool>> candidates = new Memo<>(this::candidates);

    /** Tools that ask for a name or an argument are asked first: they are the more specific ones. */
    public Toolbox(List<Tool> tools) {
        this.tools = tools.stream()
                .sorted(Comparator.comparing((Tool tool) ->
                                tool.invokedAs().isEmpty() && tool.argument().isEmpty())
                        .thenComparing(Tool::name))
                .toList();
    }

    /** All tools, the more specific ones first. */
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
