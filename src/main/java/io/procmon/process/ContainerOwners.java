package io.procmon.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Knows the owner of each container: the student in the hostname of the process that started first in it. That hostname
 * is the one that the runtime gave the container. A student may give later processes the hostname of another student;
 * those still belong to the owner.
 *
 * <p>A container may run other containers. Then the outermost container with an owner decides. A container has no owner
 * if none of its processes has a student's hostname. An example is a whole node in a container, with the containers of
 * many students in it.
 *
 * <p>Not thread-safe.
 */
public final class ContainerOwners {

    /**
     * A limit above the number of containers on a node. Beyond it, the container that was idle longest is forgotten.
     */
    public static final int CONTAINERS_MAX = 4096;

    private final HostnameGrammar hostnames;
    private final BiConsumer<String, HostnameClaim> learned;
    private final Map<String, HostnameClaim> claims = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HostnameClaim> eldest) {
            return size() > CONTAINERS_MAX;
        }
    };

    /**
     * @param known the best known claims, by container id; a hostname without a student is ignored
     * @param learned receives each claim that becomes the best one of its container, with the container's id
     */
    public ContainerOwners(
            HostnameGrammar hostnames, Map<String, HostnameClaim> known, BiConsumer<String, HostnameClaim> learned) {
        this.hostnames = hostnames;
        this.learned = learned;
        known.forEach((container, claim) -> {
            if (hostnames.read(claim.hostname()).isPresent()) {
                claims.put(container, claim);
            }
        });
    }

    /**
     * Finds the owner of a process, and learns from its hostname.
     *
     * @return empty if neither the container nor the hostname names a student
     */
    public Optional<ContainerOwner> of(ControlGroup group, HostnameClaim claim) {
        List<String> containers = group.containerIds();
        if (containers.isEmpty()) {
            return hostnames
                    .read(claim.hostname())
                    .map(student -> new ContainerOwner(student, claim.hostname(), Optional.empty(), Optional.empty()));
        }
        for (String outer : containers.subList(0, containers.size() - 1)) {
            HostnameClaim best = claims.get(outer);
            if (best != null) {
                return owner(outer, best, claim);
            }
        }
        String innermost = containers.getLast();
        HostnameClaim best = learn(innermost, claim);
        return best == null ? Optional.empty() : owner(innermost, best, claim);
    }

    private HostnameClaim learn(String container, HostnameClaim claim) {
        HostnameClaim best = claims.get(container);
        boolean isBest = best == null || claim.isBetterThan(best);
        if (isBest && hostnames.read(claim.hostname()).isPresent()) {
            claims.put(container, claim);
            learned.accept(container, claim);
            return claim;
        }
        return best;
    }

    private Optional<ContainerOwner> owner(String container, HostnameClaim best, HostnameClaim claim) {
        Optional<String> claimed = Optional.of(claim.hostname()).filter(name -> !name.equals(best.hostname()));
        return hostnames
                .read(best.hostname())
                .map(student -> new ContainerOwner(student, best.hostname(), claimed, Optional.of(container)));
    }
}
