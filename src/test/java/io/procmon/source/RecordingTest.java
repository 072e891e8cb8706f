package io.procmon.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.events.CrashDump;
import io.procmon.events.ErrorOutput;
import io.procmon.events.ExecRecord;
import io.procmon.events.KernelRecord;
import io.procmon.process.ContainerPath;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordingTest {

    private static final Set<Class<?>> NOT_RECORDED = Set.of(ErrorOutput.class, CrashDump.class);

    /** The session of the artefact has the form in which a recording is written now. */
    @Test
    void recordedSession_isRead_andWrittenAsItIs() throws IOException {
        byte[] file;
        try (InputStream resource = RecordingTest.class.getResourceAsStream("/recorded-session.ndjson")) {
            file = resource.readAllBytes();
        }
        List<KernelRecord> records = Recording.read(new ByteArrayInputStream(file));

        StringWriter written = new StringWriter();
        for (KernelRecord record : records) {
            Recording.write(record, written);
        }

        assertThat(records).hasSize((int) new String(file, UTF_8).lines().count());
        assertThat(Recording.read(new ByteArrayInputStream(written.toString().getBytes(UTF_8))))
                .isEqualTo(records);
    }

    /** The native executable reads a recording only if it knows the parts of all records. */
    @Test
    void partsOfRecords_areRegisteredForReflection() {
        Set<Class<?>> parts = new HashSet<>();
        addParts(Recording.Line.class, parts);

        assertThat(parts).contains(ExecRecord.class, ContainerPath.class);
        assertThat(Recording.class.getAnnotation(RegisterForReflection.class).targets())
                .containsAll(parts);
    }

    private static void addParts(Class<?> record, Set<Class<?>> parts) {
        boolean isNew = parts.add(record);
        if (isNew) {
            for (RecordComponent component : record.getRecordComponents()) {
                Stream.concat(Stream.of(component.getGenericType()), arguments(component.getGenericType()))
                        .filter(type ->
                                type instanceof Class<?> part && part.isRecord() && !NOT_RECORDED.contains(part))
                        .forEach(type -> addParts((Class<?>) type, parts));
            }
        }
    }

    private static Stream<Type> arguments(Type type) {
        return type instanceof ParameterizedType generic ? Stream.of(generic.getActualTypeArguments()) : Stream.of();
    }
}
