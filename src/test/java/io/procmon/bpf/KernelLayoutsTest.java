package io.procmon.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.procmon.Prerequisites;
import java.io.IOException;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java layouts equal the structs of the compiled object, and the constants equal those of the header. */
class KernelLayoutsTest {

    /** {@code #define NAME 65}, or {@code NAME = 1 << 3} of an enum. */
    private static final Pattern DEFINITION = Pattern.compile(
            "^(?:#define\\s+|\\s+)([A-Z][A-Z0-9_]*)(?:\\s+|\\s*=\\s*)(?:(1 << )?(\\d+)|\\(~0ULL\\))",
            Pattern.MULTILINE);

    private static Optional<Btf> btf = Optional.empty();

    @BeforeAll
    static void readTheObject() throws Exception {
        Path object = Path.of(KernelLayouts.class.getResource("/procmon.bpf.o").toURI());
        if (Prerequisites.isOnPath("bpftool")) {
            btf = Optional.of(Btf.of(object));
        }
    }

    static Stream<Arguments> structs() {
        return Stream.of(
                arguments("image_key", KernelLayouts.IMAGE_KEY),
                arguments("exec_record", KernelLayouts.EXEC_RECORD),
                arguments("exit_record", KernelLayouts.EXIT_RECORD),
                arguments("process", KernelLayouts.PROCESS),
                arguments("places", KernelLayouts.PLACES),
                arguments("group", KernelLayouts.GROUP),
                arguments("parameters", KernelLayouts.PARAMETERS),
                arguments("shared", KernelLayouts.SHARED),
                arguments("bucket", KernelLayouts.BUCKET),
                arguments("bucket_set", KernelLayouts.BUCKET_SET));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("structs")
    void layout_hasTheMembersOfTheCompiledStruct(String name, StructLayout layout) {
        Prerequisites.require(btf.isPresent(), "'bpftool' is not installed");

        assertThat(members(layout)).isEqualTo(btf.orElseThrow().members(name));
        assertThat(layout.byteSize()).isEqualTo(btf.orElseThrow().size(name));
    }

    @Test
    void everyRecord_beginsWithTheSameHead() {
        List<Btf.Member> head = members(KernelLayouts.RECORD_HEAD);

        assertThat(members(KernelLayouts.EXEC_RECORD)).startsWith(head.toArray(Btf.Member[]::new));
        assertThat(members(KernelLayouts.EXIT_RECORD)).startsWith(head.toArray(Btf.Member[]::new));
    }

    @Test
    void everyStruct_isWithoutHoles() {
        assertThat(structs().map(arguments -> (StructLayout) arguments.get()[1]))
                .allSatisfy(layout -> assertThat(members(layout).stream()
                                .mapToLong(Btf.Member::size)
                                .sum())
                        .isEqualTo(layout.byteSize()));
    }

    @Test
    void constants_areThoseOfTheHeader() throws Exception {
        Map<String, Long> header = definitions();
        Map<String, Long> expected = new HashMap<>();
        Map<String, Long> constants = new HashMap<>();
        for (Field field : KernelLayouts.class.getDeclaredFields()) {
            Class<?> type = field.getType();
            if (type == int.class || type == long.class) {
                field.setAccessible(true);
                constants.put(field.getName(), ((Number) field.get(null)).longValue());
                expected.put(field.getName(), header.get(field.getName()));
            }
        }

        assertThat(constants).hasSizeGreaterThan(10).isEqualTo(expected);
    }

    private static Map<String, Long> definitions() throws IOException {
        Map<String, Long> definitions = new HashMap<>();
        Matcher matcher = DEFINITION.matcher(Files.readString(Path.of("src/main/c/procmon.h")));
        while (matcher.find()) {
            long value = matcher.group(3) == null ? -1 : Long.parseLong(matcher.group(3));
            definitions.put(matcher.group(1), matcher.group(2) == null ? value : 1L << value);
        }
        return definitions;
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
