package io.procmon.handlers;

import io.procmon.events.Attributed;
import io.procmon.events.Classified;
import io.procmon.events.Node;
import io.procmon.process.ContainerOwner;
import java.util.function.Function;

/** The second handler: adds the container and the node. */
public final class EnrichmentHandler implements Function<Classified, Outcome<Attributed>> {

    private final Node node;

    public EnrichmentHandler(Node node) {
        this.node = node;
    }

    @Override
    public Outcome<Attributed> apply(Classified classified) {
        ContainerOwner owner = classified.owner();
        return Outcome.proceed(new Attributed(
                classified.exec(),
                owner.student(),
                classified.type(),
                owner.containerId(),
                owner.hostnameClaimed(),
                node));
    }
}
