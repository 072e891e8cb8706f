package io.procmon;

import io.procmon.config.ProcmonConfig;
import io.procmon.events.Activity;
import io.procmon.events.Node;
import io.procmon.handlers.ActivityHandler;
import io.procmon.handlers.EnrichmentHandler;
import io.procmon.handlers.HomeworkHandler;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.ProcessHandler;
import io.procmon.homework.HomeworkLocator;
import io.procmon.parser.CommandParser;
import io.procmon.parser.Parsers;
import io.procmon.process.HostnameGrammar;
import io.procmon.process.Tool;
import io.procmon.process.Toolbox;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The handlers, built from the configuration in the order in which the stream asks them. */
@ApplicationScoped
public class HandlerChain {

    private final ProcessHandler process;
    private final EnrichmentHandler enrichment;
    private final HomeworkHandler homework;
    private final List<ActivityHandler> activityHandlers;

    /**
     * @throws IllegalArgumentException if the configuration does not fit together; the message names the key
     */
    @Inject
    public HandlerChain(
            ProcmonConfig config, Node node, @All List<CommandParser> parsers, @All List<ActivityHandler> handlers) {
        Toolbox toolbox = new Toolbox(
                config.tools().entrySet().stream().map(HandlerChain::tool).toList());
        HomeworkLocator locator =
                new HomeworkLocator(config.homework().roots(), config.homework().pattern());
        HostnameGrammar hostnames = new HostnameGrammar(
                config.hostname().prefix(), config.hostname().pattern());
        process = new ProcessHandler(hostnames, toolbox, locator);
        enrichment = new EnrichmentHandler(node);
        homework = new HomeworkHandler(new Parsers(parsers, toolbox.tools()), locator);
        activityHandlers = handlers;
    }

    /** Who, and what kind of program? */
    public ProcessHandler process() {
        return process;
    }

    /** Where? */
    public EnrichmentHandler enrichment() {
        return enrichment;
    }

    /** What does it mean, and for which homework? */
    public HomeworkHandler homework() {
        return homework;
    }

    /** Asks every {@link ActivityHandler} about an activity that has ended. */
    public Outcome<Activity> activity(Outcome<Activity> outcome) {
        Outcome<Activity> current = outcome;
        for (ActivityHandler handler : activityHandlers) {
            current = current.then(handler::handle);
        }
        return current;
    }

    private static Tool tool(Map.Entry<String, ProcmonConfig.Tool> entry) {
        ProcmonConfig.Tool tool = entry.getValue();
        Tool.Kind kind = switch (tool.kind()) {
            case COMPILER -> Tool.Kind.COMPILER;
            case INTERPRETER -> Tool.Kind.INTERPRETER;
        };
        return new Tool(
                entry.getKey(),
                kind,
                tool.type(),
                Pattern.compile(tool.executable()),
                tool.invokedAs().map(Pattern::compile),
                tool.parser());
    }
}
