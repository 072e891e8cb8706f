package io.procmon.stream;

import io.procmon.config.ConfiguredTool;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.ExecRecord;
import io.procmon.process.ContainerPath;
import io.procmon.process.PrivatePrograms;
import io.procmon.process.ToolRegistry;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides early whether the standard error of an image may be needed: for a known tool, or a program or script below a
 * project directory. The handlers make the exact decision later. Not thread-safe.
 */
final class LikelyWriters implements Predicate<ExecRecord> {

    private static final char PLACEHOLDER = '{';

    private final ToolRegistry tools;
    private final List<String> roots;

    LikelyWriters(ProcmonConfig config) {
        tools = ConfiguredTool.tools(config.tools());
        roots = config.homework().roots().stream()
                .map(root -> root.indexOf(PLACEHOLDER) < 0 ? root : root.substring(0, root.indexOf(PLACEHOLDER)))
                .toList();
    }

    @Override
    public boolean test(ExecRecord exec) {
        ContainerPath executable = exec.call().executable().path();
        return isBelowRoot(executable)
                || exec.call().script().filter(this::isBelowRoot).isPresent()
                || (!PrivatePrograms.include(executable)
                        && tools.find(executable, exec.call().argv().arguments())
                                .isPresent());
    }

    private boolean isBelowRoot(ContainerPath path) {
        return roots.stream().anyMatch(path.value()::startsWith);
    }
}
