package io.procmon.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.procmon.classroom.course.Check;
import io.procmon.events.Activity;
import io.procmon.events.Attributed;
import io.procmon.events.BuiltBy;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.Usage;
import io.procmon.parser.Command;
import io.procmon.parser.CompilerSettings;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import io.procmon.process.WaitStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * All that procmon knows of an activity, as JSON. Members that a backend's contract names are never null; of the others,
 * those that are null are left out.
 *
 * @param timestamp when it ended: ISO 8601, UTC
 * @param exitCode as a shell shows it: 128 + signal after a signal
 * @param cmdline the arguments joined by spaces, for people
 * @param cwd the working directory
 * @param binaryPath the resolved executable
 * @param targetPath the first source file, the script, the binary
 * @param processType of a run: {@code binary} or the interpreter's language; null of a build
 * @param eventId the same for each repeat of this event
 * @param type such as {@code GCC}
 * @param arguments argv as it was, never joined
 * @param sourceFiles of a build: the paths of {@code sources}; of a run, what its program was built from
 * @param sources of a build, each with its language, such as {@code c++}
 * @param inputs of a build: objects, archives and whatever else is no source
 * @param libraries of a build: what it links by name, such as {@code m}
 * @param outputs of a build: the files that it was to write
 * @param outputPath of a build: the first of {@code outputs}
 * @param step of a build: the last step that it was asked for, such as {@code link}
 * @param standard of a build: the language's version, such as {@code c11}
 * @param warnings of a build: flags such as {@code -Wall}
 * @param optimization of a build: a flag such as {@code -O2}
 * @param unreadArgumentFiles of a build: files of further arguments that procmon could not read
 * @param buildId of a build that a build tool asked for: the same for all that this tool asked for
 * @param wrapper the programs that it was started through, the outermost first: {@code timeout}, {@code valgrind}
 * @param built of a run of a binary: whether a build is known to have written it
 * @param builtBy the event id of that build
 * @param builtAgoMs from the end of that build to the start of this run, in milliseconds
 * @param startedAt when it began: ISO 8601, UTC
 * @param durationMs wall time, in milliseconds
 * @param userCpuMs processor time in user mode, in milliseconds
 * @param systemCpuMs processor time in the kernel, in milliseconds
 * @param peakMemoryBytes the largest resident set
 * @param peakMemoryInherited whether {@code peakMemoryBytes} is only an upper bound
 * @param signal the signal's number
 * @param coreDumped whether there is a core dump; null without a signal
 * @param containerId 64 hexadecimal digits
 * @param hostname the container's
 * @param node the machine's name
 * @param pid in the initial pid namespace
 * @param containerPid in the container's pid namespace
 * @param ppid the parent's, in the initial pid namespace
 * @param uid in the initial user namespace
 * @param executedAs the name that was executed, before links and interpreters were resolved
 * @param executableDeleted true if the executable had no name any more
 * @param executableInMemory true if the executable never had a name
 * @param takenIn true if it ran before procmon watched
 * @param truncated what was too large to be kept whole
 * @param argumentsBytes the full size of the arguments, where they are truncated
 * @param checks what the homework requires of this activity, and whether it is so; null if nobody has said
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ActivityBody(
        String timestamp,
        int exitCode,
        String cmdline,
        String cwd,
        String binaryPath,
        String targetPath,
        String processType,
        UUID eventId,
        String type,
        List<String> arguments,
        List<String> sourceFiles,
        List<BuildSource> sources,
        List<String> inputs,
        List<String> libraries,
        List<String> outputs,
        String outputPath,
        String step,
        String standard,
        List<String> warnings,
        String optimization,
        List<String> unreadArgumentFiles,
        UUID buildId,
        List<String> wrapper,
        Boolean built,
        UUID builtBy,
        Double builtAgoMs,
        String startedAt,
        double durationMs,
        double userCpuMs,
        double systemCpuMs,
        long peakMemoryBytes,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean peakMemoryInherited,
        Integer signal,
        Boolean coreDumped,
        String containerId,
        String hostname,
        String node,
        int pid,
        int containerPid,
        int ppid,
        int uid,
        String executedAs,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean executableDeleted,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean executableInMemory,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean takenIn,
        List<String> truncated,
        Long argumentsBytes,
        List<Check> checks) {

    /**
     * A source file of a build.
     *
     * @param path where it is, in the container
     * @param language such as {@code c++}
     */
    @RegisterForReflection
    public record BuildSource(String path, String language) {}

    /**
     * Everything there is about an activity.
     *
     * @param arguments its arguments, without what must not be told
     * @param checks whether it is as its homework requires
     */
    public static ActivityBody of(Activity activity, List<String> arguments, List<Check> checks) {
        Attributed origin = activity.started().origin();
        ExecRecord exec = origin.exec();
        Executable executable = exec.executable();
        WaitStatus status = activity.end().status();
        Usage usage = activity.end().usage();
        Optional<Command.Compile> build =
                activity instanceof Activity.Build it ? Optional.of(it.command()) : Optional.empty();
        Optional<CompilerSettings> settings = build.map(Command.Compile::settings);
        Optional<BuiltBy> builtBy = activity instanceof Activity.Run run ? run.builtBy() : Optional.empty();
        boolean signalled = status.signal().isPresent();
        return new ActivityBody(
                activity.end().at().utc().toString(),
                status.exitCode(),
                String.join(" ", arguments),
                exec.cwd().value(),
                executable.path().value(),
                activity.target().value(),
                processType(activity),
                activity.eventId(),
                origin.type().label(),
                arguments,
                build.map(it -> strings(it.sources(), source -> source.path().value()))
                        .or(() -> builtBy.map(it -> strings(it.sources(), ContainerPath::value)))
                        .orElse(null),
                build.map(it -> it.sources().stream()
                                .map(source -> new BuildSource(source.path().value(), source.language()))
                                .toList())
                        .orElse(null),
                build.map(it -> known(strings(it.inputs(), ContainerPath::value)))
                        .orElse(null),
                settings.map(it -> known(it.libraries())).orElse(null),
                build.map(it -> known(strings(it.outputs(), ContainerPath::value)))
                        .orElse(null),
                build.flatMap(it -> it.outputs().stream().findFirst())
                        .map(ContainerPath::value)
                        .orElse(null),
                settings.flatMap(CompilerSettings::step)
                        .map(ActivityBody::lowerCase)
                        .orElse(null),
                settings.flatMap(CompilerSettings::standard).orElse(null),
                settings.map(it -> known(it.warnings())).orElse(null),
                settings.flatMap(CompilerSettings::optimization).orElse(null),
                settings.map(it -> known(it.unreadArgumentFiles())).orElse(null),
                build.flatMap(_ -> activity.started().buildId()).orElse(null),
                known(activity.started().descent().wrappers()),
                built(activity),
                builtBy.map(BuiltBy::build).orElse(null),
                builtBy.map(it -> millis(it.ago())).orElse(null),
                exec.at().utc().toString(),
                millis(activity.duration()),
                millis(usage.user()),
                millis(usage.system()),
                usage.peakMemory(),
                usage.peakInherited(),
                signalled ? status.signal().getAsInt() : null,
                signalled ? status.coreDumped() : null,
                origin.containerId().orElse(null),
                exec.hostname(),
                origin.node().name(),
                exec.image().tgid(),
                exec.nsPid(),
                exec.ppid(),
                exec.uid(),
                exec.filename().isEmpty() ? null : exec.filename(),
                executable.deleted(),
                executable.inMemory(),
                exec.takenIn(),
                exec.truncated().isEmpty() ? null : names(exec),
                exec.argv().cut() ? exec.argv().size() : null,
                checks.isEmpty() ? null : checks);
    }

    private static String processType(Activity activity) {
        return switch (activity) {
            case Activity.Build _ -> null;
            case Activity.Run run -> processType(run.started().origin().type());
        };
    }

    private static String processType(ProcessType type) {
        return switch (type) {
            case ProcessType.UserBinary() -> "binary";
            case ProcessType.Script _ -> "script";
            case ProcessType.Known(var tool) -> tool.language();
            case ProcessType.Wrapped wrapped -> processType(wrapped.program());
        };
    }

    /** Nobody builds what an interpreter runs, so there is nothing to say of it. */
    private static Boolean built(Activity activity) {
        return switch (activity) {
            case Activity.Build _ -> null;
            case Activity.Run run ->
                switch (run.started().origin().type()) {
                    case ProcessType.UserBinary() -> run.builtBy().isPresent();
                    case ProcessType.Known _, ProcessType.Script _, ProcessType.Wrapped _ -> null;
                };
        };
    }

    private static <T> List<String> strings(List<T> values, Function<T, String> text) {
        return values.stream().map(text).toList();
    }

    /** Null instead of an empty list: nothing to say. */
    private static List<String> known(List<String> values) {
        return values.isEmpty() ? null : values;
    }

    private static List<String> names(ExecRecord exec) {
        return exec.truncated().stream().sorted().map(ActivityBody::lowerCase).toList();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
