package io.procmon.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.procmon.Prerequisites;
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

/** The Java layouts of crashes equal the structs of their kernel program. */
class CrashLayoutsTest {

    private static final Pattern DEFINITION =
            Pattern.compile("^(?:#define\\s+|\\s+)([A-Z][A-Z_]*)(?:\\s+|\\s*=\\s*)(\\d+)\\b", Pattern.MULTILINE);

    static Stream<Arguments> structs() {
        return Stream.of(
                arguments("code_mapping", CrashLayouts.MAPPING),
                arguments("chain_link", CrashLayouts.LINK),
                arguments("scratch", CrashLayouts.PATHS),
                arguments("crash", CrashLayouts.CRASH),
                arguments("crash_counters", CrashLayouts.COUNTERS),
                arguments("crash_parameters", CrashLayouts.PARAMETERS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("structs")
    void layout_hasTheMembersOfTheCompiledStruct(String name, StructLayout layout) throws Exception {
        Prerequisites.require(Prerequisites.isOnPath("bpftool"), "'bpftool' is not installed");
        Btf btf = Btf.of(Path.of(CrashLayouts.class.getResource("/crash.bpf.o").toURI()));

        assertThat(members(layout)).isEqualTo(btf.members(name));
        assertThat(layout.byteSize()).isEqualTo(btf.size(name));
    }

    @Test
    void constants_areThoseOfTheHeader() throws Exception {
        Map<String, Integer> header = DEFINITION
                .matcher(Files.readString(Path.of("src/main/c/crash.h")))
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> Integer.parseInt(match.group(2))));

        assertThat(header)
                .contains(
                        Map.entry("CRASHES", CrashLayouts.CRASHES),
                        Map.entry("CRASHES_PER_CONTAINER", CrashLayouts.CRASHES_PER_CONTAINER),
                        Map.entry("STACK_SIZE", CrashLayouts.STACK_SIZE),
                        Map.entry("CHAIN_MAX", CrashLayouts.CHAIN_MAX),
                        Map.entry("MAPPINGS_MAX", CrashLayouts.MAPPINGS_MAX),
                        Map.entry("PATHS_SIZE", CrashLayouts.PATHS_SIZE),
                        Map.entry("REGISTERS", CrashLayouts.REGISTERS),
                        Map.entry("CRASH_FREE", CrashLayouts.CRASH_FREE),
                        Map.entry("CRASH_OPEN", CrashLayouts.CRASH_OPEN),
                        Map.entry("CRASH_COMPLETE", CrashLayouts.CRASH_COMPLETE));
    }

    @Test
    void sharedMemory_andThatOfTheTexts_isAtMostFourMebibytes() {
        assertThat(CrashLayouts.CRASHES * CrashLayouts.CRASH.byteSize() + CaptureLayouts.CAPTURE.byteSize())
                .isLessThan(4 << 20);
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
