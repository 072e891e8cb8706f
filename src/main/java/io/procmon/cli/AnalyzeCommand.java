package io.procmon.cli;

import io.procmon.classroom.progsnap2.BadDataset;
import io.procmon.classroom.progsnap2.ErrorAnalysis;
import io.procmon.classroom.progsnap2.ErrorType;
import io.procmon.classroom.progsnap2.MeasuresOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Computes error measures of data sets, without a service. It reads only the data set. */
@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        description = "Computes published error measures over a data set.")
public final class AnalyzeCommand {

    private static final int BAD_DATA = 65;
    private static final int OUT_OF_MEMORY = 71;
    private static final int IO_ERROR = 74;

    /** The size of a table that the service's heap cannot hold; about 100,000 events. */
    private static final long LARGE = 16L << 20;

    @Spec
    CommandSpec spec;

    /** The raw standard output, because the output is UTF-8 under any locale. */
    private final PrintStream out;

    /** The constructor for the command line. */
    public AnalyzeCommand() {
        this(System.out);
    }

    AnalyzeCommand(PrintStream out) {
        this.out = out;
    }

    /** Prints the measures of a ProgSnap2 data set. */
    @Command(
            name = "progsnap2",
            mixinStandardHelpOptions = true,
            description = {
                "Prints the Error Quotient (Jadud 2006), the Repeated Error Density (Becker 2016) and the Watwin score"
                        + " (Watson et al. 2013, without code states) of each SubjectID and AssignmentID of a ProgSnap2"
                        + " data set.",
                "The measures describe a log, not a person."
            },
            footer = {
                "",
                "Exit status: 0 success, 2 wrong usage, 65 invalid data set, 71 too little memory,",
                "74 a read or write error."
            })
    int progsnap2(
            @Parameters(paramLabel = "DIR", description = "The directory with MainTable.csv and DatasetMetadata.csv.")
                    Path directory,
            @Option(
                            names = "--error-type",
                            paramLabel = "TYPE",
                            defaultValue = "first-line",
                            description =
                                    "How errors are compared: by the first-line of the message, by the whole message, or by the"
                                            + " type (CompileMessageType). Default: ${DEFAULT-VALUE}.")
                    String errorType,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "csv",
                            description = "csv or json. Default: ${DEFAULT-VALUE}.")
                    String format) {
        Output output = output(format);
        ErrorType type = ErrorType.named(errorType)
                .orElseThrow(() -> wrong("--error-type", errorType, "first-line, message or type"));
        ErrorAnalysis analysis;
        try {
            long size = size(directory);
            if (size > LARGE) {
                LargerHeap.ensure(size);
            }
            analysis = ErrorAnalysis.of(directory, type);
        } catch (BadDataset e) {
            return failed(e.getMessage(), BAD_DATA);
        } catch (IOException e) {
            return failed("%s cannot be read: %s".formatted(directory, e), IO_ERROR);
        } catch (OutOfMemoryError _) {
            return failed(
                    "%s needs a heap of more than %d MB; choose one with the option -Xmx"
                            .formatted(directory, Runtime.getRuntime().maxMemory() >> 20),
                    OUT_OF_MEMORY);
        }
        try {
            print(analysis, output);
        } catch (IOException e) {
            return failed(e.getMessage(), IO_ERROR);
        }
        return 0;
    }

    /** The size of the table in bytes. */
    private static long size(Path directory) throws IOException {
        Path table = directory.resolve("MainTable.csv");
        return Files.exists(table) ? Files.size(table) : 0;
    }

    private void print(ErrorAnalysis analysis, Output output) throws IOException {
        analysis.notes().forEach(this::say);
        OutputStream buffer = new BufferedOutputStream(out);
        output.write(analysis, buffer);
        buffer.flush();
        if (out.checkError()) {
            throw new IOException("standard output cannot be written");
        }
    }

    private Output output(String format) {
        return switch (format) {
            case "csv" -> MeasuresOutput::csv;
            case "json" -> MeasuresOutput::json;
            default -> throw wrong("--format", format, "csv or json");
        };
    }

    private ParameterException wrong(String option, String value, String expected) {
        return new ParameterException(
                spec.subcommands().get("progsnap2"), "%s is '%s', but must be %s".formatted(option, value, expected));
    }

    private int failed(String problem, int status) {
        say(problem);
        return status;
    }

    private void say(String sentence) {
        spec.commandLine().getErr().println("procmon: " + sentence);
    }

    /** An output format of the measures. */
    @FunctionalInterface
    private interface Output {
        void write(ErrorAnalysis analysis, OutputStream out) throws IOException;
    }
}
