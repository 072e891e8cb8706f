package io.procmon.process;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cgroup of a process.
 *
 * @param path below the root of its hierarchy, such as {@code /system.slice/docker-9a879f2e….scope}; {@code /} for the
 *     root
 * @param id the inode of its directory in the cgroup file system, unique while the node runs
 */
public record ControlGroup(String path, long id) {

    /**
     * A component that is a container's id, or ends in one behind a runtime's name: {@code docker-<id>.scope},
     * {@code cri-containerd-<id>.scope}, {@code crio-<id>}, {@code libpod-<id>.scope}, {@code /docker/<id>},
     * {@code /kubepods/…/<id>}.
     */
    private static final Pattern CONTAINER = Pattern.compile("(?:^|[-:])([0-9a-f]{64})(?:\\.scope)?$");

    /**
     * The directory of a pod, as the kubelet names it: {@code /kubepods/burstable/pod<uid>} of the driver cgroupfs,
     * {@code /kubepods-burstable-pod<uid>.slice} of the driver systemd, which allows no dash in a name. A node in a
     * container (kind) has {@code /kubelet/kubepods/…} or {@code /kubelet-kubepods-….slice}. The uid of a static pod is a
     * hash without dashes.
     */
    private static final Pattern POD =
            Pattern.compile("kubepods(?:/(?:[a-z]+/)?|-(?:[a-z]+-)?)pod([0-9A-Za-z_-]+)(?:\\.slice)?(?=[/:]|$)");

    /** The uid of the pod that the container is in, as the Kubernetes API writes it. The innermost one. */
    public Optional<String> podUid() {
        return POD.matcher(path)
                .results()
                .map(pod -> pod.group(1).replace('_', '-'))
                .reduce((_, inner) -> inner);
    }

    /**
     * The 64 hexadecimal digits by which the container runtime knows the container. The innermost one: where a whole
     * node runs in a container (kind, minikube), the student's is inside of it.
     */
    public Optional<String> containerId() {
        int end = path.length();
        while (end > 0) {
            int slash = path.lastIndexOf('/', end - 1);
            if (end - slash > 64) {
                Matcher matcher = CONTAINER.matcher(path).region(slash + 1, end);
                if (matcher.find()) {
                    return Optional.of(matcher.group(1));
                }
            }
            end = slash;
        }
        return Optional.empty();
    }
}
