package io.procmon.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessCredentialsTest {

    private static final String ALL = "000001ffffffffff";
    private static final String NONE = "0000000000000000";

    @ParameterizedTest
    @CsvSource({
        // mode (octal), owner, group, readable by user 1000 of the groups 1000 and 42
        "0600, 1000, 1000, true",
        "0400, 1000, 0, true",
        "0077, 1000, 1000, false",
        "0600, 0, 0, false",
        "0640, 0, 42, true",
        "0640, 0, 43, false",
        "0644, 0, 0, true",
        "0604, 0, 42, false",
        "0660, 1001, 1000, true",
        "0111, 0, 0, false",
    })
    void userAndGroups_readWhatTheModeGrants(String mode, int owner, int group, boolean readable) {
        ProcessCredentials student = student("1000 1000 1000 1000", "1000 1000 1000 1000", "42 1000", NONE, true);

        assertThat(student.mayRead(file(mode, owner, group), () -> false)).isEqualTo(readable);
    }

    @Test
    void directory_needsTheRightToSearch() {
        ProcessCredentials student = student("1000 1000 1000 1000", "1000 1000 1000 1000", "", NONE, true);

        assertThat(student.maySearch(file("0711", 0, 0), () -> false)).isTrue();
        assertThat(student.maySearch(file("0744", 0, 0), () -> false)).isFalse();
        assertThat(student.maySearch(file("0100", 1000, 0), () -> false)).isTrue();
    }

    @Test
    void accessControlList_canDenyWhatTheModeGrants() {
        ProcessCredentials student = student("1000 1000 1000 1000", "1000 1000 1000 1000", "", NONE, true);

        assertThat(student.mayRead(file("0644", 0, 0), () -> true)).isFalse();
        assertThat(student.mayRead(file("0600", 1000, 0), () -> true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // a set-user-ID and a set-group-ID program, exec'd after the record was made; another user; no status
        "1000 0 0 0, 1000 1000 1000 1000",
        "1000 1000 1000 1000, 1000 42 42 42",
        "0 0 0 0, 0 0 0 0",
        "1001 1001 1001 1001, 1000 1000 1000 1000",
        "'', ''",
        "1000 x, 1000",
    })
    void processThatIsNotWhoItWas_hasTheRightsOfItsUserAlone(String uids, String gids) {
        ProcessCredentials changed = student(uids, gids, "42", ALL, true);

        assertThat(changed.mayRead(file("0600", 0, 0), () -> false)).isFalse();
        assertThat(changed.mayRead(file("0640", 0, 42), () -> false)).isFalse();
        assertThat(changed.mayRead(file("0604", 0, 7), () -> false)).isFalse();
        assertThat(changed.mayRead(file("0644", 0, 7), () -> false)).isTrue();
        assertThat(changed.mayRead(file("0600", 1000, 7), () -> false)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 000001ffffffffff, true, true", // root of a container without a user namespace
        "0, 0000000000000004, true, true", // CAP_DAC_READ_SEARCH
        "0, 0000000000000001, true, false", // another capability
        "0, 000001ffffffffff, false, false", // root of its own user namespace
        "100000, 000001ffffffffff, false, false", // root of a container with a user namespace
        "1000, 000001ffffffffff, false, false", // unshare -U
        "1000, 000001ffffffffff, true, false"
    })
    void capability_countsForRootOfOurUserNamespaceAlone(int uid, String capabilities, boolean ours, boolean readable) {
        String ids = "%1$d %1$d %1$d %1$d".formatted(uid);
        ProcessCredentials process = ProcessCredentials.parse(uid, status(ids, ids, "", capabilities), () -> ours);

        assertThat(process.mayRead(file("0600", 1234, 1234), () -> false)).isEqualTo(readable);
    }

    private static ProcessCredentials student(
            String uids, String gids, String groups, String capabilities, boolean ours) {
        return ProcessCredentials.parse(1000, status(uids, gids, groups, capabilities), () -> ours);
    }

    private static byte[] status(String uids, String gids, String groups, String capabilities) {
        return "Name:\tgcc\\nUid: 0\nUid:\t%s\nGid:\t%s\nGroups:\t%s \nCapEff:\t%s\n"
                .formatted(uids.replace(' ', '\t'), gids.replace(' ', '\t'), groups, capabilities)
                .getBytes(UTF_8);
    }

    private static FileStatus file(String mode, int owner, int group) {
        return new FileStatus(Integer.parseInt(mode, 8) | 0100000, owner, group, 1, 1, Instant.EPOCH, 8, 1);
    }
}
