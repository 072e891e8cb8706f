package io.procmon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The results of all rounds, by tracer and figure. */
final class Results {

    private final Map<String, Map<Figure, List<Double>>> rounds = new LinkedHashMap<>();
    private final Map<String, String> refusals = new LinkedHashMap<>();

    void add(String tracer, Map<Figure, Double> figures) {
        Map<Figure, List<Double>> all = rounds.computeIfAbsent(tracer, _ -> new EnumMap<>(Figure.class));
        figures.forEach((figure, value) ->
                all.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value));
    }

    /** Records a tracer that does not run here. */
    void refuse(String tracer, String reason) {
        refusals.put(tracer, reason);
    }

    /** Whether there are results. */
    boolean isAny() {
        return !rounds.isEmpty() || !refusals.isEmpty();
    }

    boolean isRefused(String tracer) {
        return refusals.containsKey(tracer);
    }

    /**
     * A table with a row for each figure and a column for each tracer: the median, and below it the minimum and the
     * maximum.
     */
    String table() {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("median (min to max)"));
        head.addAll(rounds.keySet());
        rows.add(head);
        for (Figure figure : figures()) {
            List<String> row = new ArrayList<>(List.of(figure.title()));
            rounds.keySet()
                    .forEach(tracer -> row.add(spread(tracer, figure)
                            .map(it -> "%s (%s to %s)"
                                    .formatted(
                                            figure.format(it.median()),
                                            figure.format(it.min()),
                                            figure.format(it.max())))
                            .orElse("")));
            rows.add(row);
        }
        StringBuilder text = new StringBuilder(Table.of(rows));
        refusals.forEach((tracer, reason) -> text.append("%n%s does not run here: %s%n".formatted(tracer, reason)));
        return text.toString();
    }

    /** The figures that some tracer has, in the order of the table. */
    private Set<Figure> figures() {
        Set<Figure> figures = EnumSet.noneOf(Figure.class);
        rounds.values().forEach(ofTracer -> figures.addAll(ofTracer.keySet()));
        return figures;
    }

    /** The results with every round, for programs. */
    JsonNode json() {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode();
        ObjectNode tracers = root.putObject("measured");
        rounds.forEach((tracer, figures) -> {
            ObjectNode node = tracers.putObject(tracer);
            figures.forEach((figure, values) -> {
                Spread spread = Spread.of(values);
                ObjectNode one = node.putObject(figure.name().toLowerCase(Locale.ROOT));
                one.put("title", figure.title().strip());
                one.put("min", spread.min()).put("median", spread.median()).put("max", spread.max());
                one.set("rounds", json.valueToTree(values));
            });
        });
        root.set("not_run", json.valueToTree(refusals));
        return root;
    }

    private Optional<Spread> spread(String tracer, Figure figure) {
        return Optional.ofNullable(rounds.get(tracer).get(figure)).map(Spread::of);
    }
}
