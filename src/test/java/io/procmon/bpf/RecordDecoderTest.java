package io.procmon.bpf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.KernelRecord;
import io.procmon.events.Moment;
import io.procmon.events.Truncation;
import io.procmon.process.ContainerPath;
import io.procmon.process.WaitStatus;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {

    private static final int PAGE = 4096;
    private static final Instant BOOT = Instant.parse("2026-03-02T08:00:00Z");

    private static final List<String> SIZES =
            List.of("exe_size", "cwd_size", "cgroup_size", "filename_size", "argv_head_size", "argv_tail_size");

    private final RecordDecoder decoder = new RecordDecoder(nanos -> new Moment(nanos, BOOT.plusNanos(nanos)), PAGE);

    @Test
    void exec_isDecodedMemberByMember() {
        ExecRecord exec = exec(RawRecord.exec()
                .set(9_627L, "image", "start_ns")
                .set(842, "image", "tgid")
                .set(7, "image", "exec_id")
                .set(8_000L, "parent", "start_ns")
                .set(816, "parent", "tgid")
                .set(6, "parent", "exec_id")
                .set(9_999L, "exec_ns")
                .set(2642L, "cgroup_id")
                .set(77L, "exe_inode")
                .set(1_663_687_647_000_000_001L, "exe_mtime_ns")
                .set(16_384, "exe_bytes")
                .set(11L, "argv_size")
                .set(266_338_304, "exe_dev")
                .set(815, "ppid")
                .set(26, "ns_pid")
                .set(1000, "uid")
                .set(2, "uts_level")
                .hostname("jcode-os-1-202012180")
                .text("exe_size", "main\0hw1\0project\0coder\0home\0")
                .text("cwd_size", "hw1\0project\0coder\0home\0")
                .text("cgroup_size", "docker-1.scope\0system.slice\0")
                .text("filename_size", "./main\0")
                .text("argv_head_size", "./main\0two words\0\0003\0"));

        assertThat(exec.image()).isEqualTo(new ImageKey(842, 9_627, 7));
        assertThat(exec.parent()).contains(new ImageKey(816, 8_000, 6));
        assertThat(exec.at()).isEqualTo(new Moment(9_999, BOOT.plusNanos(9_999)));
        assertThat(exec.context().cgroup().path()).isEqualTo("/system.slice/docker-1.scope");
        assertThat(exec.context().cgroup().id()).isEqualTo(2642);
        assertThat(exec.call().executable().path()).isEqualTo(ContainerPath.of("/home/coder/project/hw1/main"));
        assertThat(exec.call().executable().inode()).isEqualTo(77);
        assertThat(exec.call().executable().device()).isEqualTo(266_338_304);
        assertThat(exec.call().executable().modifiedAt()).isEqualTo(Instant.ofEpochSecond(1_663_687_647, 1));
        assertThat(exec.call().executable().bytes()).isEqualTo(16_384);
        assertThat(exec.call().executable().deleted()).isFalse();
        assertThat(exec.call().executable().inMemory()).isFalse();
        assertThat(exec.call().cwd()).isEqualTo(ContainerPath.of("/home/coder/project/hw1"));
        assertThat(exec.call().filename()).isEqualTo("./main");
        assertThat(exec.call().argv().arguments()).containsExactly("./main", "two words", "", "3");
        assertThat(exec.call().argv().cut()).isFalse();
        assertThat(exec.call().argv().size()).isEqualTo(11);
        assertThat(exec.context().hostname()).isEqualTo("jcode-os-1-202012180");
        assertThat(List.of(
                        exec.ids().ppid(),
                        exec.ids().nsPid(),
                        exec.ids().uid(),
                        exec.context().utsLevel()))
                .containsExactly(815, 26, 1000, 2);
        assertThat(exec.takenIn()).isFalse();
        assertThat(exec.truncated()).isEmpty();
    }

    @Test
    void exit_isDecodedMemberByMember() {
        Optional<KernelRecord> record = decode(RawRecord.exit()
                .set(9_627L, "image", "start_ns")
                .set(842, "image", "tgid")
                .set(7, "image", "exec_id")
                .set(10_000L, "end_ns")
                .set(1L, "utime_ns")
                .set(3L, "stime_ns")
                .set(4_000L, "runtime_ns")
                .set(244L, "peak_pages")
                .set(0x8b, "wait_status")
                .set(KernelLayouts.EXIT_PEAK_INHERITED, "flags")
                .bytes());

        assertThat(record).containsInstanceOf(ExitRecord.class);
        ExitRecord exit = (ExitRecord) record.orElseThrow();
        assertThat(exit.image()).isEqualTo(new ImageKey(842, 9_627, 7));
        assertThat(exit.at().bootNanos()).isEqualTo(10_000);
        assertThat(exit.status()).isEqualTo(new WaitStatus(0x8b));
        assertThat(exit.usage().user()).isEqualTo(Duration.ofNanos(1_000));
        assertThat(exit.usage().system()).isEqualTo(Duration.ofNanos(3_000));
        assertThat(exit.usage().peakMemory()).isEqualTo(244L * PAGE);
        assertThat(exit.usage().peakInherited()).isTrue();
    }

    @Test
    void nameOfAMemoryFile_isOneComponentWhateverItHolds() {
        ExecRecord exec = exec(RawRecord.exec().text("exe_size", "memfd:/../usr/bin/gcc\0"));

        assertThat(exec.call().executable().path().components())
                .singleElement()
                .asString()
                .startsWith("memfd:");
        assertThat(exec.call().executable().path().fileName()).isNotEqualTo("gcc");
        assertThat(exec(RawRecord.exec().text("cwd_size", "a/b\0..x/..\0dir\0"))
                        .call()
                        .cwd()
                        .components())
                .hasSize(3);
    }

    @Property
    void anyNumbers_areARecord(
            @ForAll long time, @ForAll long other, @ForAll long pages, @ForAll long user, @ForAll long system) {
        ExecRecord exec = exec(RawRecord.exec().set(time, "exe_mtime_ns").set(other, "argv_size"));
        ExitRecord exit = (ExitRecord) decode(RawRecord.exit()
                        .set(pages, "peak_pages")
                        .set(user, "utime_ns")
                        .set(system, "stime_ns")
                        .set(other, "runtime_ns")
                        .bytes())
                .orElseThrow();

        assertThat(exec.call().executable().modifiedAt().plus(Duration.ofDays(1)))
                .isNotNull();
        assertThat(exit.usage().peakMemory()).isNotNegative();
        assertThat(exit.usage().user()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(exit.usage().system()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(exit.usage().user().plus(exit.usage().system())).isEqualTo(Duration.ofNanos(Math.max(0, other)));
    }

    @Test
    void processWithoutAWatchedAncestor_hasNoParent() {
        assertThat(exec(RawRecord.exec().set(5L, "parent", "start_ns")).parent())
                .isEmpty();
    }

    @Test
    void pathWithoutComponents_isTheRoot() {
        ExecRecord exec = exec(RawRecord.exec());

        assertThat(exec.call().cwd()).isEqualTo(ContainerPath.of("/"));
        assertThat(exec.context().cgroup().path()).isEqualTo("/");
    }

    @Test
    void cutPath_beginsWithTheCut() {
        ExecRecord exec =
                exec(RawRecord.exec().set(KernelLayouts.EXEC_CWD_CUT, "flags").text("cwd_size", "leaf\0deep\0"));

        assertThat(exec.call().cwd().value()).isEqualTo("/…/deep/leaf");
        assertThat(exec.truncated()).containsExactly(Truncation.CWD);
    }

    @Test
    void everyTruncationAndMark_isReported() {
        ExecRecord exec = exec(RawRecord.exec().set(~0, "flags"));

        assertThat(exec.truncated()).containsExactlyInAnyOrder(Truncation.values());
        assertThat(exec.takenIn()).isTrue();
        assertThat(exec.call().executable().deleted()).isTrue();
        assertThat(exec.call().executable().inMemory()).isTrue();
        assertThat(exec.call().argv().cut()).isTrue();
    }

    @Test
    void execThatFailed_hasTheFilesPathForItsArguments() {
        ExecRecord exec = exec(RawRecord.exec()
                .set(KernelLayouts.EXEC_FAILED | KernelLayouts.EXEC_ARGV_UNREADABLE, "flags")
                .text("exe_size", "big\0hw1\0"));

        assertThat(exec.call().argv().arguments()).containsExactly("/hw1/big");
        assertThat(exec.call().filename()).isEqualTo("/hw1/big");
        assertThat(exec.truncated()).containsExactly(Truncation.ARGV_UNREADABLE);
    }

    @Test
    void eachFlag_isOneTruncation() {
        Map<Integer, Truncation> flags = Map.of(
                KernelLayouts.EXEC_EXE_CUT, Truncation.EXECUTABLE,
                KernelLayouts.EXEC_CWD_CUT, Truncation.CWD,
                KernelLayouts.EXEC_CGROUP_CUT, Truncation.CGROUP,
                KernelLayouts.EXEC_FILENAME_CUT, Truncation.FILENAME,
                KernelLayouts.EXEC_ARGV_CUT, Truncation.ARGV,
                KernelLayouts.EXEC_ARGV_UNREADABLE, Truncation.ARGV_UNREADABLE);

        assertThat(flags)
                .allSatisfy((flag, truncation) -> assertThat(
                                exec(RawRecord.exec().set(flag, "flags")).truncated())
                        .containsExactly(truncation));
    }

    @Test
    void cutArguments_keepBothEndsAroundTheCut() {
        ExecRecord exec = exec(RawRecord.exec()
                .set(KernelLayouts.EXEC_ARGV_CUT, "flags")
                .set(40_000L, "argv_size")
                .text("argv_head_size", "gcc\0-DA=1\0-DBBB")
                .text("argv_tail_size", "YYY\0main.c\0"));

        assertThat(exec.call().argv().arguments()).containsExactly("gcc", "-DA=1", "-DBBB…YYY", "main.c");
        assertThat(exec.call().argv().size()).isEqualTo(40_000);
    }

    @Test
    void argumentWithoutItsNul_isKept() {
        assertThat(exec(RawRecord.exec().text("argv_head_size", "gcc\0main.c"))
                        .call()
                        .argv()
                        .arguments())
                .containsExactly("gcc", "main.c");
    }

    @Test
    void namesAreBytes_keptWhereTheyAreNoUtf8() {
        byte[] name = {'a', (byte) 0xff, (byte) 0xfe, 'b', 0};
        ExecRecord exec = exec(RawRecord.exec().text("cwd_size", "과제\0hw1\0").text("filename_size", name));

        assertThat(exec.call().cwd().value()).isEqualTo("/hw1/과제");
        assertThat(exec.call().filename()).isEqualTo("a\udcff\udcfeb");
    }

    @Test
    void hostnameOfFullLength_isWhole() {
        String longest = "jcode-os-1-".concat("2".repeat(53));

        assertThat(exec(RawRecord.exec().hostname(longest)).context().hostname())
                .isEqualTo(longest);
        assertThat(exec(RawRecord.exec().hostname("x".repeat(65))).context().hostname())
                .hasSize(65);
    }

    @Test
    void truncatedRecord_isNone() {
        byte[] exec = RawRecord.exec().text("argv_head_size", "gcc\0main.c\0").bytes();
        byte[] exit = RawRecord.exit().bytes();

        for (int size = 0; size < exec.length; size++) {
            assertThat(decode(Arrays.copyOf(exec, size)))
                    .as("exec of %d bytes", size)
                    .isEmpty();
        }
        for (int size = 0; size < exit.length; size++) {
            assertThat(decode(Arrays.copyOf(exit, size)))
                    .as("exit of %d bytes", size)
                    .isEmpty();
        }
    }

    @Test
    void recordWithMoreThanItsTexts_isNone() {
        byte[] exec = RawRecord.exec().text("argv_head_size", "gcc\0").bytes();
        byte[] exit = RawRecord.exit().bytes();

        assertThat(decode(Arrays.copyOf(exec, exec.length + 1))).isEmpty();
        assertThat(decode(Arrays.copyOf(exit, exit.length + 8))).isEmpty();
    }

    @Test
    void unknownKind_isNone() {
        assertThat(decode(RawRecord.exec().set(3, "kind").bytes())).isEmpty();
        assertThat(decode(RawRecord.exit().set(0, "kind").bytes())).isEmpty();
    }

    @Test
    void record_keepsNothingOfTheMemory() {
        byte[] bytes = RawRecord.exec().text("argv_head_size", "gcc\0main.c\0").bytes();
        Optional<KernelRecord> before = decode(bytes);
        Arrays.fill(bytes, (byte) 'x');

        assertThat(before)
                .isEqualTo(decode(
                        RawRecord.exec().text("argv_head_size", "gcc\0main.c\0").bytes()));
    }

    @Property
    void argumentsWithoutNul_comeBackAsTheyWere(
            @ForAll @Size(min = 1, max = 20) List<@StringLength(max = 30) @NotBlank String> arguments) {
        List<String> argv = arguments.stream()
                .map(argument -> new String(argument.replace("\0", "").getBytes(UTF_8), UTF_8))
                .toList();
        String text = String.join("\0", argv) + "\0";

        assertThat(exec(RawRecord.exec().text("argv_head_size", text))
                        .call()
                        .argv()
                        .arguments())
                .isEqualTo(argv);
    }

    /** The segment is no larger than the record: a read outside of it would throw. */
    @Property
    void randomBytes_areARecordOrNone(@ForAll @Size(max = 600) byte[] bytes, @ForAll @IntRange(max = 3) int kind) {
        if (bytes.length >= KernelLayouts.RECORD_HEAD.byteSize()) {
            KernelLayouts.member(KernelLayouts.RECORD_HEAD, "kind").set(MemorySegment.ofArray(bytes), 0L, kind);
        }

        assertThat(decode(bytes)).isNotNull();
    }

    @Property
    void randomSizesAndTexts_areARecordOrNone(
            @ForAll @Size(6) List<@IntRange(min = -2, max = 120) Integer> sizes,
            @ForAll @Size(max = 300) byte[] texts,
            @ForAll int flags) {
        RawRecord record = RawRecord.exec().text("argv_tail_size", texts).set(flags, "flags");
        for (int i = 0; i < sizes.size(); i++) {
            record.set(sizes.get(i), SIZES.get(i));
        }
        boolean fits = sizes.stream().allMatch(size -> size >= 0)
                && sizes.stream().mapToInt(Integer::intValue).sum() == texts.length;

        assertThat(decode(record.bytes()).isPresent()).isEqualTo(fits);
    }

    @Property
    void textsThatFit_areARecordWhateverTheyAre(
            @ForAll @Size(6) List<@IntRange(max = 60) Integer> sizes, @ForAll @Size(360) byte[] texts) {
        RawRecord record = RawRecord.exec();
        int from = 0;
        for (int i = 0; i < sizes.size(); i++) {
            record.text(SIZES.get(i), Arrays.copyOfRange(texts, from, from + sizes.get(i)));
            from += sizes.get(i);
        }

        assertThat(decode(record.bytes())).containsInstanceOf(ExecRecord.class);
    }

    private ExecRecord exec(RawRecord record) {
        return (ExecRecord) decode(record.bytes()).orElseThrow();
    }

    private Optional<KernelRecord> decode(byte[] bytes) {
        return decoder.decode(MemorySegment.ofArray(bytes), 0, bytes.length);
    }
}
