package io.procmon.process;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The tools that procmon knows, and which of them an executable is. */
public final class Toolbox {

    private final List<Tool> tools;

    /** Tools that ask for a name in {@code argv[0]} are asked first: they are the more specific ones. */
    public Toolbox(List<Tool> tools) {
        this.tools = tools.stream()
                .sorted(Comparator.comparing((Tool tool) -> tool.invokedAs().isEmpty())
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
     * @param argv0 the name that the caller gave, which may be any text
     */
    public Optional<Tool> find(ContainerPath executable, String argv0) {
        String invocation = argv0.substring(argv0.lastIndexOf('/') + 1);
        for (Tool tool : tools) {
            if (tool.matches(executable, invocation)) {
                return Optional.of(tool);
            }
        }
        return Optional.empty();
    }
}
