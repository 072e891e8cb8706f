package io.procmon.bpf;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A native executable can make the foreign calls that were declared when it was built, and no others: a missing
 * declaration would fail only on a node.
 */
class NativeImageMetadataTest {

    private static final String METADATA = "/META-INF/native-image/io.procmon/procmon/reachability-metadata.json";

    @Test
    void declaredDowncalls_areThoseOfTheBinding() throws Exception {
        assertThat(declaredDowncalls()).containsExactlyInAnyOrderElementsOf(boundDowncalls());
    }

    @Test
    void eachDowncallIsDeclaredOnce_withErrno() throws Exception {
        List<JsonNode> downcalls = downcalls().toList();

        assertThat(downcalls)
                .doesNotHaveDuplicates()
                .allSatisfy(downcall -> assertThat(
                                downcall.at("/options/captureCallState").asBoolean())
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"procmon.bpf.o", "recorded-session.ndjson", "version.properties"})
    void resourceThatTheServiceReads_isThereAndDeclared(String resource) throws Exception {
        assertThat(getClass().getResource("/" + resource)).isNotNull();
        assertThat(metadata().at("/resources").findValuesAsText("glob")).contains(resource);
    }

    private static Set<String> declaredDowncalls() throws IOException {
        return downcalls()
                .map(downcall -> downcall.path("returnType").asText()
                        + elements(downcall.path("parameterTypes"))
                                .map(JsonNode::asText)
                                .collect(joining(", ", "(", ")")))
                .collect(Collectors.toSet());
    }

    private static Set<String> boundDowncalls() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.procmon.bpf", "io.procmon.ffi", "io.procmon.procfs")
                        .stream()
                        .map(JavaClass::getFields)
                        .flatMap(Set::stream)
                        .filter(field -> field.getRawType().isEquivalentTo(MethodHandle.class))
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .map(NativeImageMetadataTest::descriptor)
                        .collect(Collectors.toSet());
    }

    private static String descriptor(JavaField field) {
        MethodType type = handle(field).type();
        assertThat(type.parameterType(0)).as("where errno goes").isEqualTo(MemorySegment.class);
        return name(type.returnType())
                + type.parameterList().stream()
                        .skip(1)
                        .map(NativeImageMetadataTest::name)
                        .collect(joining(", ", "(", ")"));
    }

    private static MethodHandle handle(JavaField field) {
        try {
            Class<?> owner = field.getOwner().reflect();
            return (MethodHandle) MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
                    .findStaticGetter(owner, field.getName(), MethodHandle.class)
                    .invoke();
        } catch (Throwable e) {
            throw new AssertionError(field.getFullName(), e);
        }
    }

    /** The name of native-image for the C type that a Java type represents. */
    private static String name(Class<?> carrier) {
        if (carrier == MemorySegment.class) {
            return "void*";
        }
        return carrier == void.class ? "void" : "j" + carrier.getName();
    }

    private static Stream<JsonNode> downcalls() throws IOException {
        return elements(metadata().at("/foreign/downcalls"));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream json = NativeImageMetadataTest.class.getResourceAsStream(METADATA)) {
            return new ObjectMapper().readTree(json);
        }
    }
}
