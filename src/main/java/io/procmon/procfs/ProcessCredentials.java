package io.procmon.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * The identity of a process for permission checks of files: credentials(7), path_resolution(7). All ids are those of
 * the initial user namespace. So root in a container with a user namespace is an ordinary user here.
 *
 * <p>The exec record fixes the user: a process can become a set-user-ID or a set-group-ID program before procmon looks,
 * and procmon must not read files with the rights of that program. So the ids of proc_pid_status(5) count only while
 * the real, effective, saved and file system ids are equal. Otherwise the groups are unknown, and only files that every
 * group may read are readable.
 *
 * @param uid the user
 * @param groups all groups; empty if they are unknown
 * @param overrides whether the process has the capability to read every file
 */
record ProcessCredentials(int uid, Optional<Set<Integer>> groups, boolean overrides) {

    /**
     * The limit in bytes. The status of a process with several hundred groups is shorter; with more groups, the groups
     * stay unknown.
     */
    static final int STATUS_MAX = 16 << 10;

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final int READ = 04;
    private static final int SEARCH = 01;

    /** CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, include/uapi/linux/capability.h. */
    private static final long MAY_READ_ALL = (1L << 1) | (1L << 2);

    /** The credentials of a user about whom nothing else is known. */
    static ProcessCredentials of(int uid) {
        return new ProcessCredentials(uid, Optional.empty(), false);
    }

    /**
     * Parses the credentials of a process.
     *
     * @param uid the user at the exec
     * @param status the current contents of proc_pid_status(5)
     * @param sameUserNamespace whether the process is in procmon's user namespace; asked only for root. Only there do its
     * capabilities count for all files: in a user namespace of their own, all users have all capabilities
     */
    static ProcessCredentials parse(int uid, byte[] status, BooleanSupplier sameUserNamespace) {
        Map<String, String> fields = fields(new String(status, UTF_8));
        try {
            Set<Integer> users = ids(fields.getOrDefault("Uid", ""));
            Set<Integer> groups = ids(fields.getOrDefault("Gid", ""));
            boolean plain = users.equals(Set.of(uid)) && groups.size() == 1;
            if (!plain || !fields.containsKey("Groups")) {
                return of(uid);
            }
            groups.addAll(ids(fields.get("Groups")));
            long capabilities = Long.parseUnsignedLong(fields.getOrDefault("CapEff", "0"), 16);
            boolean overrides = uid == 0 && (capabilities & MAY_READ_ALL) != 0 && sameUserNamespace.getAsBoolean();
            return new ProcessCredentials(uid, Optional.of(Set.copyOf(groups)), overrides);
        } catch (NumberFormatException e) {
            return of(uid);
        }
    }

    /** The fields that {@link #parse} needs, a tenth of all. */
    private static Map<String, String> fields(String status) {
        Map<String, String> fields = new HashMap<>();
        int end;
        for (int from = 0; from < status.length(); from = end + 1) {
            int newline = status.indexOf('\n', from);
            end = newline < 0 ? status.length() : newline;
            int colon = status.indexOf(':', from);
            char first = status.charAt(from);
            if (colon > from && colon < end && (first == 'U' || first == 'G' || first == 'C')) {
                fields.putIfAbsent(
                        status.substring(from, colon),
                        status.substring(colon + 1, end).trim());
            }
        }
        return fields;
    }

    /**
     * Whether the process may read a file.
     *
     * @param hasAcl whether the file has an access control list, which could deny what the mode grants
     */
    boolean mayRead(FileStatus file, BooleanSupplier hasAcl) {
        return may(READ, file, hasAcl);
    }

    /** Whether the process may search a directory. */
    boolean maySearch(FileStatus directory, BooleanSupplier hasAcl) {
        return may(SEARCH, directory, hasAcl);
    }

    private boolean may(int right, FileStatus file, BooleanSupplier hasAcl) {
        if (overrides) {
            return true;
        }
        if (file.uid() == uid) {
            return ((file.mode() >> 6) & right) != 0;
        }
        boolean group = ((file.mode() >> 3) & right) != 0;
        boolean others = (file.mode() & right) != 0;
        boolean granted =
                groups.map(known -> known.contains(file.gid()) ? group : others).orElse(group && others);
        return granted && !hasAcl.getAsBoolean();
    }

    private static Set<Integer> ids(String text) {
        Set<Integer> ids = new HashSet<>();
        if (!text.isEmpty()) {
            SPACES.splitAsStream(text).map(Integer::parseUnsignedInt).forEach(ids::add);
        }
        return ids;
    }
}
