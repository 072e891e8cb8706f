package io.procmon.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Knows the owner of each container: the student whose name the process has that started first in it, which has the
 * hostname that the runtime gave the container. A student may give later processes the hostname of another student; they
 * still belong to the owner.
 *
 * <p>A container may run containers of its own. Then the outermost one that has an owner decides. A container in which no
 * process has a student's hostname has no owner: such as the container of a whole node, with the containers of many
 * students in it.
 *
 * <p>Not thread-safe.
 */
public final class ContainerOwners {

    /** More than a node runs at a time. The container that was idle longest is forgotten first. */
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
     * @param known the best claims that are known already, by container id; a name that names no student is ignored
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
     * @return empty if neither its container nor its hostname names a student
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
