package io.procmon.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.procmon.classroom.course.Check;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.events.Activity;
import io.procmon.events.Attributed;
import io.procmon.events.BuiltBy;
import io.procmon.events.ErrorOutput;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.ProgramFile;
import io.procmon.events.Provenance;
import io.procmon.events.Started;
import io.procmon.events.Usage;
import io.procmon.parser.Command;
import io.procmon.parser.CompilerSettings;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import io.procmon.process.WaitStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Writes an activity as the members of one JSON object, group by group. {@code backend.md} and the JSON Schemas define
 * the members. Members of the backend's contract are always written; other members are left out if their value is
 * unknown.
 *
 * <p>A text that students choose goes through {@link PrivateTexts} before it is written.
 */
final class ActivityWriter {

    private final JsonGenerator json;
    private final PrivateTexts texts;
    private final DiagnosticsLevel level;
    private final Diagnostics diagnostics;

    /**
     * @param json receives the members
     * @param texts removes secrets and student ids
     * @param level the amount of standard error in the report
     * @param diagnostics the diagnostics in standard error, at this level
     */
    ActivityWriter(JsonGenerator json, PrivateTexts texts, DiagnosticsLevel level, Diagnostics diagnostics) {
        this.json = json;
        this.texts = texts;
        this.level = level;
        this.diagnostics = diagnostics;
    }

    /**
     * Writes an activity.
     *
     * @param arguments the arguments without secrets
     * @param checks the results of the course's requirements; empty if the homework has none
     */
    void write(Activity activity, List<String> arguments, List<Check> checks) throws IOException {
        json.writeStartObject();
        result(activity, arguments);
        command(activity, arguments);
        switch (activity) {
            case Activity.Build build -> {
                build(build.started(), build.command());
                program(build.program());
            }
            case Activity.Run run -> run(run);
        }
        usage(activity);
        process(activity.started().origin());
        new DiagnosticsWriter(json, texts).write(diagnostics);
        if (diagnostics.crash().isPresent()) {
            new CrashWriter(json, texts).write(diagnostics.crash().get());
        }
        Optional<ErrorOutput> output = activity.end().errorOutput();
        if (output.isPresent() && level != DiagnosticsLevel.OFF) {
            new ErrorOutputWriter(json, texts).write(output.get(), level);
        }
        checks(checks);
        json.writeEndObject();
    }

    /** Writes the members of the backend's contract. */
    private void result(Activity activity, List<String> arguments) throws IOException {
        ExecRecord exec = activity.started().origin().exec();
        json.writeStringField("timestamp", activity.end().at().utc().toString());
        json.writeNumberField("exit_code", activity.end().status().exitCode());
        json.writeStringField("cmdline", texts.named(String.join(" ", arguments)));
        path("cwd", exec.call().cwd());
        path("binary_path", exec.call().executable().path());
        path("target_path", activity.target());
        if (activity instanceof Activity.Run run) {
            json.writeStringField(
                    "process_type", language(run.started().origin().type()));
        }
    }

    private void command(Activity activity, List<String> arguments) throws IOException {
        json.writeStringField("event_id", activity.eventId().toString());
        json.writeStringField("type", activity.started().origin().type().label());
        strings("arguments", arguments, texts::named);
    }

    private void build(Started started, Command.Compile command) throws IOException {
        CompilerSettings settings = command.settings();
        paths("source_files", command.sources().stream().map(Source::path).toList());
        json.writeArrayFieldStart("sources");
        for (Source source : command.sources()) {
            json.writeStartObject();
            path("path", source.path());
            term("language", source.language());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (started.sourceBytes().isPresent()) {
            json.writeNumberField("source_bytes", started.sourceBytes().getAsLong());
        }
        pathsIfAny("inputs", command.inputs());
        namesIfAny("libraries", settings.libraries());
        pathsIfAny("outputs", command.outputs());
        if (!command.outputs().isEmpty()) {
            path("output_path", command.outputs().getFirst());
        }
        if (settings.step().isPresent()) {
            json.writeStringField("step", lowerCase(settings.step().get()));
        }
        termIfKnown("standard", settings.standard());
        termsIfAny("warnings", settings.warnings());
        termIfKnown("optimization", settings.optimization());
        namesIfAny("unread_argument_files", settings.unreadArgumentFiles());
        if (started.buildId().isPresent()) {
            json.writeStringField("build_id", started.buildId().get().toString());
        }
        namesIfAny("wrapper", started.descent().wrappers());
    }

    private void run(Activity.Run run) throws IOException {
        Optional<BuiltBy> builtBy = run.builtBy();
        if (builtBy.isPresent()) {
            paths("source_files", builtBy.get().sources());
        }
        namesIfAny("wrapper", run.started().descent().wrappers());
        if (run.provenance().isPresent()) {
            provenance(run.provenance().get());
        }
        if (builtBy.isPresent()) {
            json.writeStringField("built_by", builtBy.get().build().toString());
            json.writeNumberField("built_ago_ms", millis(builtBy.get().ago()));
        }
        program(run.program());
    }

    private void program(Optional<ProgramFile> program) throws IOException {
        if (program.isPresent()) {
            json.writeNumberField("program_bytes", program.get().bytes());
            json.writeStringField(
                    "program_modified_at", program.get().modifiedAt().toString());
        }
    }

    private void provenance(Provenance provenance) throws IOException {
        switch (provenance) {
            case Provenance.Built _ -> json.writeBooleanField("built", true);
            case Provenance.NotBuilt() -> json.writeBooleanField("built", false);
            case Provenance.Unknown(var why) -> json.writeStringField("built_unknown", why.label());
        }
    }

    private void usage(Activity activity) throws IOException {
        Usage usage = activity.end().usage();
        WaitStatus status = activity.end().status();
        json.writeStringField(
                "started_at", activity.started().origin().exec().at().utc().toString());
        json.writeNumberField("duration_ms", millis(activity.duration()));
        json.writeNumberField("user_cpu_ms", millis(usage.user()));
        json.writeNumberField("system_cpu_ms", millis(usage.system()));
        json.writeNumberField("peak_memory_bytes", usage.peakMemory());
        ifTrue("peak_memory_inherited", usage.peakInherited());
        if (status.signal().isPresent()) {
            json.writeNumberField("signal", status.signal().getAsInt());
            json.writeBooleanField("core_dumped", status.coreDumped());
        }
    }

    private void process(Attributed origin) throws IOException {
        ExecRecord exec = origin.exec();
        Executable executable = exec.call().executable();
        if (origin.containerId().isPresent()) {
            json.writeStringField("container_id", origin.containerId().get());
        }
        Optional<String> podUid = exec.context().cgroup().podUid();
        if (podUid.isPresent()) {
            json.writeStringField("pod_uid", podUid.get());
        }
        json.writeStringField("hostname", texts.of(exec.context().hostname()));
        if (origin.hostnameClaimed().isPresent()) {
            json.writeStringField(
                    "hostname_claimed", texts.ofAnother(origin.hostnameClaimed().get()));
        }
        term("node", origin.node().name());
        json.writeNumberField("pid", exec.image().tgid());
        json.writeNumberField("container_pid", exec.ids().nsPid());
        json.writeNumberField("ppid", exec.ids().ppid());
        json.writeNumberField("uid", exec.ids().uid());
        if (!exec.call().filename().isEmpty()) {
            json.writeStringField("executed_as", texts.of(exec.call().filename()));
        }
        ifTrue("executable_deleted", executable.deleted());
        ifTrue("executable_in_memory", executable.inMemory());
        ifTrue("taken_in", exec.takenIn());
        termsIfAny(
                "truncated",
                exec.truncated().stream()
                        .sorted()
                        .map(ActivityWriter::lowerCase)
                        .toList());
        if (exec.call().argv().cut()) {
            json.writeNumberField("arguments_bytes", exec.call().argv().size());
        }
    }

    private void checks(List<Check> checks) throws IOException {
        if (checks.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("checks");
        for (Check check : checks) {
            json.writeStartObject();
            json.writeStringField("requirement", texts.of(check.requirement()));
            json.writeBooleanField("passed", check.passed());
            json.writeStringField("why", texts.of(check.why()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static String language(ProcessType type) {
        return switch (type) {
            case ProcessType.UserBinary() -> "binary";
            case ProcessType.Script _ -> "script";
            case ProcessType.Known(var tool) -> tool.language();
            case ProcessType.Wrapped wrapped -> language(wrapped.program());
        };
    }

    // ---- kinds of members --------------------------------------------------------------------------

    private void path(String name, ContainerPath path) throws IOException {
        json.writeStringField(name, texts.of(path.value()));
    }

    private void paths(String name, List<ContainerPath> paths) throws IOException {
        strings(name, paths.stream().map(ContainerPath::value).toList(), texts::of);
    }

    private void pathsIfAny(String name, List<ContainerPath> paths) throws IOException {
        if (!paths.isEmpty()) {
            paths(name, paths);
        }
    }

    private void namesIfAny(String name, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            strings(name, values, texts::of);
        }
    }

    private void term(String name, String value) throws IOException {
        json.writeStringField(name, texts.redacted(value));
    }

    private void termIfKnown(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            term(name, value.get());
        }
    }

    private void termsIfAny(String name, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            strings(name, values, texts::redacted);
        }
    }

    private void strings(String name, List<String> values, UnaryOperator<String> reported) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(reported.apply(value));
        }
        json.writeEndArray();
    }

    private void ifTrue(String name, boolean value) throws IOException {
        if (value) {
            json.writeBooleanField(name, true);
        }
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
