package io.procmon.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.classroom.course.Check;
import io.procmon.classroom.workflow.PatternFound;
import io.procmon.config.ConfiguredFile;
import io.procmon.config.DiagnosticTables;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.diagnostics.Places;
import io.procmon.events.Activity;
import io.procmon.events.Attributed;
import io.procmon.events.Report;
import io.procmon.events.Started;
import io.procmon.process.RawText;
import io.procmon.process.Student;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates the reports of activities and patterns. */
@Singleton
public class Reports {

    /** The length of a typical activity, in characters. */
    private static final int TYPICAL_LENGTH = 2048;

    private final ObjectMapper json;
    private final Redaction redaction;
    private final Optional<Pseudonyms> pseudonyms;
    private final DiagnosticsLevel level;

    /** @throws InvalidConfiguration if a redaction pattern or the pseudonym key is invalid */
    @Inject
    public Reports(ObjectMapper json, ProcmonConfig config) {
        this.json = json;
        redaction = new Redaction(config.privacy().redact().entrySet().stream()
                .map(secret -> Secret.of(secret.getKey(), secret.getValue()))
                .toList());
        level = config.diagnostics().level();
        pseudonyms = config.privacy().pseudonymKeyFile().map(Reports::pseudonyms);
    }

    /**
     * The report of an activity, without secrets, and with a pseudonym if there is a key.
     *
     * @param checks the results of the course's requirements
     */
    public Report of(Activity activity, List<Check> checks) {
        return of(activity, checks, level, diagnostics(activity, level));
    }

    /**
     * The report of an activity in a course that may limit diagnostics.
     *
     * @param allowed the most detailed level of standard error that the report may contain
     * @param found the diagnostics in it, as {@link #diagnostics} reads them
     */
    public Report of(Activity activity, List<Check> checks, DiagnosticsLevel allowed, Diagnostics found) {
        Attributed origin = activity.started().origin();
        Student student = origin.student();
        List<String> secrets = new ArrayList<>();
        List<String> arguments = redaction.of(origin.exec().call().argv().arguments(), secrets);
        PrivateTexts texts = new PrivateTexts(
                redaction, origin.exec().call().cwd(), secrets, text -> named(text, student), this::masked);
        return new Report(
                activity.eventId(),
                activity.kind(),
                origin.type().label(),
                reported(student),
                activity.started().homework(),
                Optional.of(origin.exec().at().utc()),
                activity.end().at().utc(),
                json(out -> new ActivityWriter(out, texts, allowed.atMost(level), found)
                        .write(activity, arguments, checks)));
    }

    /**
     * The diagnostics in the captured standard error of an activity.
     *
     * @param allowed the most detailed level that may be kept
     */
    public Diagnostics diagnostics(Activity activity, DiagnosticsLevel allowed) {
        DiagnosticsLevel kept = allowed.atMost(level);
        Started started = activity.started();
        return activity.end()
                .errorOutput()
                .filter(_ -> kept != DiagnosticsLevel.OFF)
                .map(output -> DiagnosticTables.reader()
                        .read(
                                activity.kind(),
                                ActivityWriter.language(started.origin().type()),
                                output.head(),
                                output.tail(),
                                output.hasGap(),
                                Places.of(started.origin().exec().call().cwd(), started.homework(), activity.target()))
                        .at(kept))
                .orElse(Diagnostics.NONE);
    }

    /** The report of a pattern, with a pseudonym if there is a key. */
    public Report of(PatternFound found) {
        PatternBody body = PatternBody.of(found);
        return new Report(
                found.eventId(),
                Report.PATTERN,
                found.pattern(),
                found.student(),
                found.homework(),
                Optional.empty(),
                found.to(),
                json(out -> json.writeValue(out, body)));
    }

    /** The student as the report names the student: with a pseudonym if there is a key. */
    public Student reported(Student student) {
        return pseudonyms.map(names -> names.of(student)).orElse(student);
    }

    /** The name of a student's file, without secrets and without the student's id. */
    public String reportedName(String name, Student student) {
        return named(RawText.readable(redaction.text(name)), student);
    }

    private String named(String text, Student student) {
        return pseudonyms.isPresent() ? pseudonyms.get().in(text, student) : text;
    }

    /** Masks ids of other students, if students have pseudonyms. */
    private String masked(String text) {
        return pseudonyms.isPresent() ? Redaction.MASK : text;
    }

    private static Pseudonyms pseudonyms(Path file) {
        String key = "procmon.privacy.pseudonym-key-file";
        byte[] secret = ConfiguredFile.read(key, file, Files::readAllBytes);
        try {
            return new Pseudonyms(secret);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfiguration(key, file, e.getMessage());
        }
    }

    private interface Contents {
        void write(JsonGenerator out) throws IOException;
    }

    private String json(Contents contents) {
        StringWriter text = new StringWriter(TYPICAL_LENGTH);
        try (JsonGenerator out = json.createGenerator(text)) {
            contents.write(out);
        } catch (IOException e) {
            throw new IllegalStateException("a report can always be written as JSON", e);
        }
        return text.toString();
    }
}
