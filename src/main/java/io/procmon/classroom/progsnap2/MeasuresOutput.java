package io.procmon.classroom.progsnap2;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.procmon.classroom.measures.Watwin;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Writes the measures of a data set as a table or as a JSON array, with a row per session. Both are UTF-8 and end with
 * a line feed.
 */
public final class MeasuresOutput {

    private MeasuresOutput() {}

    /** Writes a CSV table. The cell of an undefined measure is empty. The stream stays open. */
    public static void csv(ErrorAnalysis analysis, OutputStream out) throws IOException {
        List<String> header = new ArrayList<>(List.of("SubjectID", "AssignmentID"));
        if (analysis.hasCourses()) {
            header.add("CourseID");
        }
        header.addAll(List.of(
                "ErrorType",
                "Compiles",
                "FailedCompiles",
                "ErrorQuotient",
                "RepeatedErrorDensity",
                "WatwinScore",
                "WatwinVariant"));
        line(out, header);
        for (Iterator<SessionMeasures> each = analysis.sessions().iterator(); each.hasNext(); ) {
            SessionMeasures session = each.next();
            List<String> cells = new ArrayList<>(List.of(session.subject(), session.assignment()));
            if (analysis.hasCourses()) {
                cells.add(session.course());
            }
            cells.addAll(List.of(
                    analysis.errorType().title(),
                    Long.toString(session.compiles()),
                    Long.toString(session.failedCompiles()),
                    text(session.errorQuotient()),
                    text(session.repeatedErrorDensity()),
                    text(session.watwin()),
                    Watwin.VARIANT));
            line(out, cells);
        }
    }

    /** Writes a JSON array. An undefined measure is null. The stream stays open. */
    public static void json(ErrorAnalysis analysis, OutputStream out) throws IOException {
        try (JsonGenerator json =
                new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            for (Iterator<SessionMeasures> each = analysis.sessions().iterator(); each.hasNext(); ) {
                write(json, analysis, each.next());
            }
            json.writeEndArray();
            json.writeRaw('\n');
        }
    }

    private static void write(JsonGenerator json, ErrorAnalysis analysis, SessionMeasures session) throws IOException {
        json.writeStartObject();
        json.writeStringField("SubjectID", session.subject());
        json.writeStringField("AssignmentID", session.assignment());
        if (analysis.hasCourses()) {
            json.writeStringField("CourseID", session.course());
        }
        json.writeStringField("ErrorType", analysis.errorType().title());
        json.writeNumberField("Compiles", session.compiles());
        json.writeNumberField("FailedCompiles", session.failedCompiles());
        write(json, "ErrorQuotient", session.errorQuotient());
        write(json, "RepeatedErrorDensity", session.repeatedErrorDensity());
        write(json, "WatwinScore", session.watwin());
        json.writeStringField("WatwinVariant", Watwin.VARIANT);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String field, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsDouble());
        } else {
            json.writeNullField(field);
        }
    }

    /** The shortest decimal that reads as the same number. It has no exponent, because spreadsheets misread those. */
    private static String text(OptionalDouble value) {
        return value.isPresent() ? new BigDecimal(Double.toString(value.getAsDouble())).toPlainString() : "";
    }

    private static void line(OutputStream out, List<String> cells) throws IOException {
        out.write(Csv.line(cells).getBytes(StandardCharsets.UTF_8));
    }
}
