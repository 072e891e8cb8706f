package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.BuildFiles;
import io.procmon.classroom.workflow.Descent;
import io.procmon.classroom.workflow.Execution;
import io.procmon.classroom.workflow.Origin;
import io.procmon.classroom.workflow.ProgramStamp;
import io.procmon.diagnostics.Diagnostic;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.diagnostics.Severity;
import io.procmon.process.WaitStatus;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** The format of an attempt in the logbook. Every procmon reads the versions of all earlier ones. */
public final class AttemptFormat {

    /** The current version. Since version 3, a record contains the node and the program at its end. */
    private static final byte VERSION = 3;

    /** The last version without a node and a program. Since version 2, a record contains diagnostics. */
    private static final byte WITHOUT_NODE = 2;

    private static final byte WITHOUT_DIAGNOSTICS = 1;
    private static final long UNKNOWN = -1;

    private AttemptFormat() {}

    /** Encodes an attempt, clipped to {@link AttemptLimits}. */
    public static byte[] encode(Attempt attempt) {
        return encodeWhole(AttemptLimits.clip(attempt));
    }

    /** Encodes an attempt without clipping it. */
    static byte[] encodeWhole(Attempt attempt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            write(out, attempt.id());
            out.writeBoolean(attempt.isBuild());
            write(out, attempt.type());
            write(out, attempt.startedAt());
            write(out, attempt.endedAt());
            out.writeInt(attempt.status().bits());
            out.writeLong(attempt.execution().cpu().toNanos());
            out.writeLong(attempt.execution().peakMemory());
            write(out, attempt.target());
            write(out, attempt.files().sources());
            out.writeLong(attempt.files().sourceBytes().orElse(UNKNOWN));
            out.writeBoolean(attempt.files().program());
            out.writeBoolean(attempt.test());
            write(out, attempt.descent().builtBy());
            write(out, attempt.descent().buildCall());
            write(out, attempt.descent().wrappers());
            write(out, attempt.files().outputs());
            write(out, attempt.failedChecks());
            write(out, attempt.diagnostics());
            write(out, attempt.origin().node());
            writeProgram(out, attempt.origin().program());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory raises no I/O error
        }
        return bytes.toByteArray();
    }

    /** Decodes an attempt; empty if the record is damaged, or if its version is newer than this code. */
    public static Optional<Attempt> decode(byte[] record) {
        ByteBuffer in = ByteBuffer.wrap(record);
        try {
            byte version = in.get();
            return version < WITHOUT_DIAGNOSTICS || version > VERSION
                    ? Optional.empty()
                    : Optional.of(read(in, version));
        } catch (BufferUnderflowException | DateTimeException | ArithmeticException | IllegalArgumentException e) {
            return Optional.empty(); // the record is cut off, or contains an invalid time or length
        }
    }

    private static Attempt read(ByteBuffer in, byte version) {
        Attempt attempt = readBody(in, version >= WITHOUT_NODE);
        return version < VERSION ? attempt : attempt.with(new Origin(text(in), program(in)));
    }

    private static Attempt readBody(ByteBuffer in, boolean hasDiagnostics) {
        UUID id = id(in);
        Attempt.Kind kind = bool(in) ? Attempt.Kind.BUILD : Attempt.Kind.RUN;
        String type = text(in);
        Execution execution = new Execution(
                instant(in), instant(in), new WaitStatus(in.getInt()), Duration.ofNanos(in.getLong()), in.getLong());
        String target = text(in);
        List<String> sources = texts(in);
        OptionalLong sourceBytes = size(in.getLong());
        boolean program = bool(in);
        boolean test = bool(in);
        Descent descent = new Descent(optionalId(in), optionalId(in), texts(in));
        BuildFiles files = new BuildFiles(sources, sourceBytes, texts(in), program);
        return new Attempt(
                id,
                kind,
                type,
                target,
                execution,
                files,
                descent,
                Origin.UNKNOWN,
                test,
                texts(in),
                hasDiagnostics ? diagnostics(in) : Diagnostics.NONE);
    }

    private static void writeProgram(DataOutputStream out, Optional<ProgramStamp> program) throws IOException {
        out.writeBoolean(program.isPresent());
        if (program.isPresent()) {
            write(out, program.get().path());
            out.writeLong(program.get().bytes());
            write(out, program.get().modifiedAt());
        }
    }

    private static Optional<ProgramStamp> program(ByteBuffer in) {
        return bool(in) ? Optional.of(new ProgramStamp(text(in), in.getLong(), instant(in))) : Optional.empty();
    }

    private static void write(DataOutputStream out, Diagnostics diagnostics) throws IOException {
        out.writeInt(diagnostics.errors());
        out.writeInt(diagnostics.warnings());
        out.writeInt(diagnostics.list().size());
        for (Diagnostic each : diagnostics.list()) {
            out.writeBoolean(each.isError());
            write(out, each.type());
            writeIfKnown(out, each.code());
            writeIfKnown(out, each.message());
            writeIfKnown(out, each.file());
            out.writeInt(each.line().orElse(0));
            out.writeInt(each.column().orElse(0));
            write(out, each.tool());
        }
    }

    private static Diagnostics diagnostics(ByteBuffer in) {
        int errors = in.getInt();
        int warnings = in.getInt();
        int size = in.getInt();
        List<Diagnostic> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(new Diagnostic(
                    bool(in) ? Severity.ERROR : Severity.WARNING,
                    text(in),
                    textIfKnown(in),
                    textIfKnown(in),
                    textIfKnown(in),
                    numberIfKnown(in),
                    numberIfKnown(in),
                    text(in)));
        }
        return new Diagnostics(list, errors, warnings);
    }

    private static void writeIfKnown(DataOutputStream out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        if (text.isPresent()) {
            write(out, text.get());
        }
    }

    private static Optional<String> textIfKnown(ByteBuffer in) {
        return bool(in) ? Optional.of(text(in)) : Optional.empty();
    }

    /** Lines and columns count from 1; 0 means unknown. */
    private static OptionalInt numberIfKnown(ByteBuffer in) {
        int number = in.getInt();
        return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static OptionalLong size(long bytes) {
        return bytes == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    private static void write(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static boolean bool(ByteBuffer in) {
        return in.get() != 0;
    }

    private static UUID id(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    private static void write(DataOutputStream out, Optional<UUID> id) throws IOException {
        out.writeBoolean(id.isPresent());
        if (id.isPresent()) {
            write(out, id.get());
        }
    }

    private static Optional<UUID> optionalId(ByteBuffer in) {
        return bool(in) ? Optional.of(id(in)) : Optional.empty();
    }

    private static void write(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static Instant instant(ByteBuffer in) {
        return Instant.ofEpochSecond(in.getLong(), in.getInt());
    }

    /** writeUTF has a limit of 64 KiB. */
    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            write(out, text);
        }
    }

    private static List<String> texts(ByteBuffer in) {
        int size = in.getInt();
        if (size == 0) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(); // no initial size: in a damaged file, the number can be anything
        for (int i = 0; i < size; i++) {
            texts.add(text(in));
        }
        return List.copyOf(texts);
    }
}
