package io.procmon.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.procmon.events.Argv;
import io.procmon.events.ContainerContext;
import io.procmon.events.ExecCall;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.ExitRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.KernelRecord;
import io.procmon.events.Moment;
import io.procmon.events.ProcessIds;
import io.procmon.events.Usage;
import io.procmon.process.ContainerPath;
import io.procmon.process.ControlGroup;
import io.procmon.process.WaitStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/**
 * Kernel records as lines of JSON: {@code {"exec": …}} or {@code {"exit": …}}. A recorded session can be read, used in
 * a test, and replayed on a machine without a suitable kernel.
 */
@RegisterForReflection(
        targets = {
            Recording.Line.class,
            Recording.WithoutText.class,
            Argv.class,
            ContainerContext.class,
            ContainerPath.class,
            ControlGroup.class,
            ExecCall.class,
            ExecRecord.class,
            Executable.class,
            ExitRecord.class,
            ImageKey.class,
            Moment.class,
            ProcessIds.class,
            Usage.class,
            WaitStatus.class
        })
public final class Recording {

    /**
     * One line.
     *
     * @param exec an exec, or null
     * @param exit an exit, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(ExecRecord exec, ExitRecord exit) {}

    /**
     * Leaves the texts out of a recording. A text may be captured before its student is known, and may be dropped then.
     */
    @JsonIgnoreProperties({"errorOutput", "crash"})
    interface WithoutText {}

    /** Writes ASCII with escapes, because a name can have bytes that are not UTF-8. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS) // computed values are not part of a record
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .addMixIn(ExitRecord.class, WithoutText.class)
            .build();

    private Recording() {}

    /**
     * Reads a whole recording.
     *
     * @throws UncheckedIOException if it cannot be read, or if a line is not a record
     */
    public static List<KernelRecord> read(InputStream lines) {
        return new BufferedReader(new InputStreamReader(lines, UTF_8))
                .lines()
                .filter(line -> !line.isBlank())
                .map(Recording::parse)
                .toList();
    }

    /**
     * Appends a record.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(KernelRecord record, Writer to) throws IOException {
        Line line = switch (record) {
            case ExecRecord exec -> new Line(exec, null);
            case ExitRecord exit -> new Line(null, exit);
        };
        to.write(JSON.writeValueAsString(line));
        to.write('\n');
    }

    private static KernelRecord parse(String text) {
        try {
            Line line = JSON.readValue(text, Line.class);
            return line.exec() != null ? line.exec() : line.exit();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("no record of a session: " + text, e);
        }
    }
}
