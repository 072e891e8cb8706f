package io.procmon.stream;

import io.procmon.config.ConfiguredPattern;
import io.procmon.config.ConfiguredTool;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.config.ResourceTable;
import io.procmon.events.Activity;
import io.procmon.events.Node;
import io.procmon.handlers.ActivityHandler;
import io.procmon.handlers.EnrichmentHandler;
import io.procmon.handlers.HomeworkHandler;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.ProcessHandler;
import io.procmon.handlers.WrittenFiles;
import io.procmon.homework.HomeworkLocator;
import io.procmon.parser.CommandParser;
import io.procmon.parser.Parsers;
import io.procmon.process.ContainerOwners;
import io.procmon.process.HostnameGrammar;
import io.procmon.process.Launchers;
import io.procmon.process.ToolRegistry;
import io.procmon.procfs.ProcessRoot;
import io.quarkus.arc.All;
import io.quarkus.arc.ClientProxy;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The handlers, built from the configuration in the order in which the stream calls them. */
@Startup
@ApplicationScoped
public class HandlerChain {

    private final Launchers launchers;
    private final ProcessHandler process;
    private final EnrichmentHandler enrichment;
    private final HomeworkHandler homework;
    private final List<ActivityHandler> activityHandlers;
    private final WrittenFiles written = new WrittenFiles();

    /**
     * Builds the chain.
     *
     * @param handlers as {@code @All} injects them: the highest {@code @Priority} first
     * @throws InvalidConfiguration if keys of the configuration contradict each other; the message names them
     */
    @Inject
    public HandlerChain(
            ProcmonConfig config, Node node, @All List<CommandParser> parsers, @All List<ActivityHandler> handlers) {
        ToolRegistry tools = ConfiguredTool.tools(config.tools());
        HomeworkLocator locator = new HomeworkLocator(
                config.homework().roots(),
                ConfiguredPattern.compile(
                        "procmon.homework.pattern", config.homework().pattern()),
                ConfiguredPattern.compile(
                        "procmon.homework.ignore", config.homework().ignore()));
        HostnameGrammar hostnames = hostnames(config.hostname());
        OwnersFile known = new OwnersFile(config.spool().dir(), node.bootId());
        ContainerOwners owners = new ContainerOwners(hostnames, known.read(), known::append);
        launchers = new Launchers(ResourceTable.lines("launchers.table"));
        process = new ProcessHandler(
                owners, config.kernel().takeIn(), tools, launchers, locator, written, new ProcessRoot()::filesOf);
        enrichment = new EnrichmentHandler(node);
        homework = new HomeworkHandler(parsers(parsers, tools), locator, written, new ProcessRoot()::filesOf);
        activityHandlers = handlers.reversed();
    }

    /** The known programs that start other programs. */
    public Launchers launchers() {
        return launchers;
    }

    /** The locations of the files that builds wrote. */
    WrittenFiles written() {
        return written;
    }

    /** Finds the student and the type of the program. */
    public ProcessHandler process() {
        return process;
    }

    /** Adds the container and the node. */
    public EnrichmentHandler enrichment() {
        return enrichment;
    }

    /** Finds the meaning of the command line, and the homework. */
    public HomeworkHandler homework() {
        return homework;
    }

    /** Calls each {@link ActivityHandler} for an activity that has ended. */
    public Outcome<Activity> activity(Outcome<Activity> outcome) {
        Outcome<Activity> current = outcome;
        for (ActivityHandler handler : activityHandlers) {
            current = current.then(nameOf(handler), handler::handle);
        }
        return current;
    }

    /** The name of the handler's own class, not of its CDI proxy. */
    private static String nameOf(ActivityHandler handler) {
        return ClientProxy.unwrap(handler).getClass().getSimpleName();
    }

    private static Parsers parsers(List<CommandParser> parsers, ToolRegistry tools) {
        try {
            return new Parsers(parsers, tools.tools());
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(e.getMessage());
        }
    }

    private static HostnameGrammar hostnames(ProcmonConfig.Hostname hostname) {
        String key = "procmon.hostname.pattern";
        try {
            return new HostnameGrammar(hostname.prefix(), ConfiguredPattern.compile(key, hostname.pattern()));
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(key, hostname.pattern(), e.getMessage());
        }
    }
}
