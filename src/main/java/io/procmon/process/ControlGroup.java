package io.procmon.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cgroup of a process.
 *
 * @param path the path below the root of the hierarchy, such as {@code /system.slice/docker-9a879f2e….scope}; {@code /}
 * for the root
 * @param id the inode number of its directory in the cgroup file system, unique while the node runs
 */
public record ControlGroup(String path, long id) {

    /** The hexadecimal digits of a container id. */
    private static final int DIGITS = 64;

    /**
     * A component that is a container id, or ends in one after the name of a runtime: {@code docker-<id>.scope}, {@code
     * cri-containerd-<id>.scope}, {@code crio-<id>}, {@code libpod-<id>.scope}, {@code /docker/<id>}, {@code
     * /kubepods/…/<id>}.
     */
    private static final Pattern CONTAINER = Pattern.compile("(?:^|[-:])([0-9a-f]{64})(?:\\.scope)?$");

    /**
     * The directory of a pod, as the kubelet names it. With the driver cgroupfs it is {@code
     * /kubepods/burstable/pod<uid>}. With the driver systemd, which permits no dash in a name, it is {@code
     * /kubepods-burstable-pod<uid>.slice}. A node in a container (kind) has {@code /kubelet/kubepods/…} or {@code
     * /kubelet-kubepods-….slice}. The uid of a static pod is a hash without dashes.
     */
    private static final Pattern POD =
            Pattern.compile("kubepods(?:/(?:[a-z]+/)?|-(?:[a-z]+-)?)pod([0-9A-Za-z_-]+)(?:\\.slice)?(?=[/:]|$)");

    /** The uid of the innermost pod that contains the process, as the Kubernetes API writes it. */
    public Optional<String> podUid() {
        return POD.matcher(path)
                .results()
                .map(pod -> pod.group(1).replace('_', '-'))
                .reduce((_, inner) -> inner);
    }

    /**
     * The 64 hexadecimal digits of the innermost container. If a whole node runs in a container (kind, minikube), the
     * student's container is inside of it.
     */
    public Optional<String> containerId() {
        List<String> containers = containerIds();
        return containers.isEmpty() ? Optional.empty() : Optional.of(containers.getLast());
    }

    /** The ids of all containers that contain the process, the outermost first. */
    public List<String> containerIds() {
        List<String> containers = new ArrayList<>();
        int begin = 0;
        while (begin < path.length()) {
            int slash = path.indexOf('/', begin);
            int end = slash < 0 ? path.length() : slash;
            if (end - begin >= DIGITS) {
                Matcher matcher = CONTAINER.matcher(path).region(begin, end);
                if (matcher.find()) {
                    containers.add(matcher.group(1));
                }
            }
            begin = end + 1;
        }
        return List.copyOf(containers);
    }
}
