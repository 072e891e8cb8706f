package io.procmon.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;

import io.procmon.privacy.OwnerOnlyFiles;
import io.procmon.process.ContainerOwners;
import io.procmon.process.HostnameClaim;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps the owners of containers across a restart, in a small file in the directory of the spool. Each line is a
 * container with its owner; a later line of the same container replaces an earlier one. Without a directory, the owners
 * are learned again at start-up, from the processes that run then.
 *
 * <p>A file that cannot be written costs no record, and is logged once. Not thread-safe.
 */
final class OwnersFile {

    /** The name of the file in the directory of the spool. */
    static final String NAME = "container-owners";

    /** The boot id of the node, the level, the start in nanoseconds, the container, and the hostname. */
    private static final Pattern LINE =
            Pattern.compile("([0-9a-f-]{1,64})\t(\\d{1,9})\t(\\d{1,18})\t([0-9a-f]{64})\t([^\\p{Cntrl}]{1,64})");

    private final Optional<Path> file;
    private final String bootId;
    private boolean failed;

    /**
     * @param directory the directory of the spool
     * @param bootId the current boot of the node; start times of another boot cannot be compared
     */
    OwnersFile(Optional<Path> directory, String bootId) {
        this.file = directory.map(it -> it.resolve(NAME));
        this.bootId = bootId;
    }

    /**
     * Reads the claims by container id, and rewrites a file that has grown. Damaged lines are skipped. A claim of an
     * earlier boot counts as older than all processes of this boot.
     */
    Map<String, HostnameClaim> read() {
        SequencedMap<String, HostnameClaim> claims = new LinkedHashMap<>();
        SequencedMap<String, String> last = new LinkedHashMap<>();
        long[] lines = {0};
        file.filter(Files::isRegularFile).ifPresent(it -> {
            try (Stream<String> text = Files.lines(it, UTF_8)) {
                text.forEach(line -> {
                    lines[0]++;
                    Matcher matcher = LINE.matcher(line);
                    if (matcher.matches()) {
                        last.putLast(matcher.group(4), line);
                        claims.putLast(matcher.group(4), claim(matcher));
                    }
                });
            } catch (IOException | RuntimeException e) {
                sayFailed("read", e);
            }
            if (lines[0] > 2L * ContainerOwners.CONTAINERS_MAX) {
                rewrite(it, last);
            }
        });
        return claims;
    }

    /** Appends the claim of a container. */
    void append(String container, HostnameClaim claim) {
        String line = "%s\t%d\t%d\t%s\t%s"
                .formatted(bootId, claim.utsLevel(), claim.startNanos(), container, claim.hostname());
        if (file.isEmpty() || failed || !LINE.matcher(line).matches()) {
            return;
        }
        try {
            Path directory = file.get().toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            OwnerOnlyFiles.create(file.get());
            Files.writeString(file.get(), line + "\n", UTF_8, APPEND);
        } catch (IOException e) {
            sayFailed("write", e);
        }
    }

    private HostnameClaim claim(Matcher line) {
        boolean isThisBoot = line.group(1).equals(bootId);
        return new HostnameClaim(
                line.group(5),
                Integer.parseInt(line.group(2)),
                isThisBoot ? Long.parseLong(line.group(3)) : HostnameClaim.EARLIER_BOOT);
    }

    private void rewrite(Path to, Map<String, String> lines) {
        Path next = to.resolveSibling(NAME + ".next");
        try {
            Files.deleteIfExists(next);
            OwnerOnlyFiles.create(next);
            Files.write(
                    next,
                    lines.values().stream()
                            .skip(Math.max(0, lines.size() - ContainerOwners.CONTAINERS_MAX))
                            .toList(),
                    UTF_8,
                    APPEND);
            Files.move(next, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            sayFailed("rewrite", e);
        }
    }

    private void sayFailed(String what, Exception e) {
        failed = true;
        Log.warnf(
                "cannot %s %s: %s; after a restart, the owners of containers are learned from the processes that run then",
                what, file.orElseThrow(), e.getMessage());
    }
}
