package io.procmon.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.procmon.Prerequisites;
import io.procmon.process.PrivatePrograms;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java layouts of the capture equal the structs of its kernel program. */
class CaptureLayoutsTest {

    private static final Pattern DEFINITION =
            Pattern.compile("^(?:#define\\s+|\\s+)([A-Z][A-Z_]*)(?:\\s+|\\s*=\\s*)(\\d+)\\b", Pattern.MULTILINE);

    static Stream<Arguments> structs() {
        return Stream.of(
                arguments("text", CaptureLayouts.TEXT),
                arguments("capture", CaptureLayouts.CAPTURE),
                arguments("capture_parameters", CaptureLayouts.PARAMETERS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("structs")
    void layout_hasTheMembersOfTheCompiledStruct(String name, StructLayout layout) throws Exception {
        Prerequisites.require(Prerequisites.isOnPath("bpftool"), "'bpftool' is not installed");
        Btf btf = Btf.of(
                Path.of(CaptureLayouts.class.getResource("/diagnostics.bpf.o").toURI()));

        assertThat(members(layout)).isEqualTo(btf.members(name));
        assertThat(layout.byteSize()).isEqualTo(btf.size(name));
    }

    @Test
    void constants_areThoseOfTheHeader() throws Exception {
        Map<String, Integer> header = DEFINITION
                .matcher(Files.readString(Path.of("src/main/c/capture.h")))
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> Integer.parseInt(match.group(2))));

        assertThat(header)
                .containsOnly(
                        Map.entry("TEXTS", CaptureLayouts.TEXTS),
                        Map.entry("TEXT_PART", CaptureLayouts.TEXT_PART),
                        Map.entry("TEXTS_PER_CONTAINER", CaptureLayouts.TEXTS_PER_CONTAINER),
                        Map.entry("PERMITTED_MAX", CaptureLayouts.PERMITTED_MAX),
                        Map.entry("PROGRAM_NAME_SIZE", CaptureLayouts.PROGRAM_NAME_SIZE),
                        Map.entry("PRIVATE_PROGRAMS_MAX", CaptureLayouts.PRIVATE_PROGRAMS_MAX),
                        Map.entry("TEXT_FREE", CaptureLayouts.TEXT_FREE),
                        Map.entry("TEXT_OPEN", CaptureLayouts.TEXT_OPEN),
                        Map.entry("TEXT_ENDED", CaptureLayouts.TEXT_ENDED),
                        Map.entry("TEXT_DROPPED", CaptureLayouts.TEXT_DROPPED));
    }

    @Test
    void privatePrograms_fitTheTable() {
        assertThat(PrivatePrograms.names())
                .hasSizeLessThanOrEqualTo(CaptureLayouts.PRIVATE_PROGRAMS_MAX)
                .allSatisfy(name -> assertThat(name).hasSizeLessThan(CaptureLayouts.PROGRAM_NAME_SIZE));
    }

    @Test
    void sharedMemory_isAtMostFourMebibytes() {
        assertThat(CaptureLayouts.CAPTURE.byteSize()).isLessThan(3 << 20);
    }

    private static List<Btf.Member> members(StructLayout layout) {
        List<Btf.Member> members = new ArrayList<>();
        long offset = 0;
        for (MemoryLayout member : layout.memberLayouts()) {
            members.add(new Btf.Member(member.name().orElse("unnamed"), offset, member.byteSize()));
            offset += member.byteSize();
        }
        return members;
    }
}
