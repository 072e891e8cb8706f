package io.procmon.kernels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The report of a virtual machine, which the scenarios in {@code src/test/sh/vm} write.
 *
 * @param lines each begins with the word of its subject
 * @param activities the activities that procmon's embedded receiver has stored
 */
record Report(List<String> lines, JsonNode activities) {

    private static final Pattern INSTRUCTIONS =
            Pattern.compile("procmon_kernel_program_instructions\\{program=\"(\\w+)\"} ([0-9.E]+)");

    static Report of(List<String> lines) throws IOException {
        String activities = lines.stream()
                .filter(line -> line.startsWith("activities "))
                .map(line -> line.substring("activities ".length()))
                .filter(json -> !json.isEmpty())
                .findFirst()
                .orElse("[]");
        return new Report(lines, new ObjectMapper().readTree(activities));
    }

    String kernel() {
        return about("kernel").getFirst();
    }

    /** The commands that never succeeded. */
    List<String> inVain() {
        return about("in vain");
    }

    /** Each program's exit code from the shell, and its path in the container. */
    List<String> ended() {
        return about("ended");
    }

    /** The same, as procmon reports it. */
    List<String> reported() {
        return each(activity -> activity.required("exit_code").asText() + " "
                        + activity.required("target_path").asText())
                .toList();
    }

    /** The standard error of the student's program, by line. */
    List<String> said() {
        return about("said");
    }

    /** The same, as procmon reports it. */
    List<String> reportedText() {
        return each(activity -> activity.path("stderr").path("head").asText())
                .filter(text -> !text.isEmpty())
                .flatMap(String::lines)
                .toList();
    }

    /** The container of each activity. */
    List<String> containers() {
        return each(activity -> activity.required("container_id").asText()).toList();
    }

    /** The kernel's losses, by cause. */
    List<String> losses() {
        return about("metric").stream()
                .filter(metric -> metric.startsWith("procmon_kernel_losses"))
                .toList();
    }

    /** The number of crashes that the kernel has kept. */
    double crashes() {
        return about("metric").stream()
                .filter(metric -> metric.startsWith("procmon_diagnostics_crashes_total "))
                .mapToDouble(metric -> Double.parseDouble(metric.substring(metric.indexOf(' '))))
                .sum();
    }

    /** The number of instructions that the verifier examined, by program. */
    Map<String, Long> instructions() {
        return about("metric").stream()
                .flatMap(metric -> INSTRUCTIONS.matcher(metric).results())
                .collect(Collectors.toMap(metric -> metric.group(1), Report::count, (one, _) -> one, TreeMap::new));
    }

    /** The nanoseconds of a call, by the name of the call; {@code of} is the word of a measurement. */
    Map<String, Double> calls(String of) {
        return about(of).stream()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(call -> call[0], call -> Double.valueOf(call[1])));
    }

    /** The exit status of procmon. */
    String status() {
        return about("status").getFirst();
    }

    /** The lines about a subject, without the word of the subject. */
    List<String> about(String subject) {
        return lines.stream()
                .filter(line -> line.startsWith(subject + " "))
                .map(line -> line.substring(subject.length() + 1))
                .toList();
    }

    private Stream<String> each(Function<JsonNode, String> what) {
        return StreamSupport.stream(activities.spliterator(), false).map(what);
    }

    private static long count(MatchResult metric) {
        return (long) Double.parseDouble(metric.group(2));
    }
}
