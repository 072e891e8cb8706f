package io.procmon.classroom.progsnap2;

import io.procmon.classroom.measures.Compilation;
import io.procmon.classroom.measures.ErrorQuotient;
import io.procmon.classroom.measures.RepeatedErrorDensity;
import io.procmon.classroom.measures.ResolveTimes;
import io.procmon.classroom.measures.Watwin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Computes the error measures of any data set in the format. A session is the compile events of one SubjectID,
 * AssignmentID and CourseID.
 *
 * <p>The error measures need the errors. If a data set has failed compilations but no {@code Compile.Error} event at
 * all, the measures of a session with a failure are undefined: exit codes alone do not determine an Error Quotient.
 */
public final class ErrorAnalysis {

    private final MainTable table;
    private final ErrorType errorType;
    private final SessionOrder order;
    private final boolean errorsKnown;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, ResolveTimes> timesByCourse = new HashMap<>();

    private ErrorAnalysis(MainTable table, ErrorType errorType) {
        this.table = table;
        this.errorType = errorType;
        this.order = new SessionOrder(table.events(), table.sessions().size(), table.isOrderUsable());
        this.errorsKnown = table.events().errors() > 0;
        Predicate<String> shared = table.events().sharedTypes();
        for (int session = 0; session < table.sessions().size(); session++) {
            if (table.sessions().get(session).isKnown()) {
                timesByCourse
                        .computeIfAbsent(table.sessions().get(session).course(), _ -> new ResolveTimes())
                        .add(compilations(session), shared);
            }
        }
    }

    /**
     * Reads a data set.
     *
     * @param directory the directory of {@code MainTable.csv}
     * @throws BadDataset if the data set violates a rule of the format
     */
    public static ErrorAnalysis of(Path directory, ErrorType errorType) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new BadDataset("%s is not a directory".formatted(directory));
        }
        Path main = directory.resolve(MainTable.FILE);
        if (!Files.exists(main)) {
            throw new BadDataset(
                    "%s has no %s, so it is not a ProgSnap2 data set".formatted(directory, MainTable.FILE));
        }
        Path metadata = directory.resolve(Ordering.FILE);
        boolean declared = Files.exists(metadata);
        Ordering ordering = Ordering.NONE;
        if (declared) {
            try (InputStream in = Files.newInputStream(metadata)) {
                ordering = Ordering.read(in);
            }
        }
        try (InputStream in = Files.newInputStream(main)) {
            ErrorAnalysis analysis = new ErrorAnalysis(MainTable.read(in, errorType, ordering), errorType);
            analysis.note(declared);
            return analysis;
        }
    }

    private void note(boolean declared) {
        if (!declared) {
            notes.add("there is no %s; timestamps order the events".formatted(Ordering.FILE));
        }
        if (!errorsKnown && failures(IntStream.range(0, table.events().size())) > 0) {
            notes.add("compilations failed, but there are no Compile.Error events; without the errors of a compilation,"
                    + " the measures are undefined");
        }
        if (table.foreignErrors() > 0) {
            notes.add("%d Compile.Error events belong to events that are not Compile; they are not counted"
                    .formatted(table.foreignErrors()));
        }
    }

    /** Remarks for a reader of the measures. Each is a sentence without a full stop. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Whether the data set has the column {@code CourseID}. */
    public boolean hasCourses() {
        return table.hasCourses();
    }

    /** The part of a {@code Compile.Error} event that is compared. */
    public ErrorType errorType() {
        return errorType;
    }

    /**
     * The measures of each session, by subject, assignment and course. If a subject has events outside of any
     * assignment, they are a session only if one of them is a compilation.
     */
    public Stream<SessionMeasures> sessions() {
        return IntStream.range(0, table.sessions().size())
                .filter(session -> !table.sessions().get(session).assignment().isEmpty()
                        || order.of(session).findAny().isPresent())
                .boxed()
                .sorted((a, b) ->
                        table.sessions().get(a).compareTo(table.sessions().get(b)))
                .map(this::measures);
    }

    private SessionMeasures measures(int session) {
        SessionKey key = table.sessions().get(session);
        long compiles = order.of(session).count();
        long failed = failures(order.of(session));
        boolean defined = compiles > 0 && key.isKnown() && (errorsKnown || failed == 0);
        Iterable<Compilation> compilations = compilations(session);
        return new SessionMeasures(
                key.subject(),
                key.assignment(),
                key.course(),
                compiles,
                failed,
                defined ? ErrorQuotient.of(compilations) : OptionalDouble.empty(),
                defined ? OptionalDouble.of(RepeatedErrorDensity.of(compilations)) : OptionalDouble.empty(),
                defined ? Watwin.of(compilations, timesByCourse.get(key.course())) : OptionalDouble.empty());
    }

    private long failures(IntStream compiles) {
        return compiles.filter(table.events()::failed).count();
    }

    /**
     * The compilations of a session. Each is created when it is read, so a long session needs no more memory than a
     * short one.
     */
    private Iterable<Compilation> compilations(int session) {
        Optional<CompileEvents.Key> clock = order.clock(session);
        return () -> order.of(session)
                .mapToObj(event -> table.events().compilation(event, clock))
                .iterator();
    }
}
