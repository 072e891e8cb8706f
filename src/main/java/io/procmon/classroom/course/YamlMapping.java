package io.procmon.classroom.course;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a mapping of a YAML file and collects its mistakes. */
final class YamlMapping {

    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Node node;
    private final Problems problems;

    private YamlMapping(Node node, Problems problems) {
        this.node = node;
        this.problems = problems;
    }

    /**
     * Reads a node as a mapping.
     *
     * @param known the permitted keys
     */
    static YamlMapping of(Node node, Set<String> known, Problems problems) {
        YamlMapping mapping = new YamlMapping(node, problems);
        if (!(node instanceof MappingNode it)) {
            problems.add(node.getStartMark(), "keys with values are expected: " + sorted(known));
            return mapping;
        }
        for (NodeTuple tuple : it.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!known.contains(key)) {
                problems.add(
                        tuple.getKeyNode().getStartMark(),
                        "the key '%s' is unknown; the keys are %s".formatted(key, sorted(known)));
            } else if (mapping.values.put(key, tuple.getValueNode()) != null) {
                problems.add(tuple.getKeyNode().getStartMark(), "%s occurs twice".formatted(key));
            }
        }
        return mapping;
    }

    /**
     * Parses an optional value.
     *
     * @param read throws an IllegalArgumentException whose message describes the mistake
     */
    <T> Optional<T> value(String key, Function<String, T> read) {
        return Optional.ofNullable(values.get(key)).flatMap(value -> scalar(key, value, read));
    }

    /** Parses a mandatory value. Without it, a mistake is added and the result is empty. */
    <T> Optional<T> required(String key, Function<String, T> read) {
        if (!values.containsKey(key)) {
            problems.add(node.getStartMark(), key + " is missing");
        }
        return value(key, read);
    }

    /** A list of texts; a single text counts as a list with one item. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node item : nodes(key)) {
            scalar(key, item, Function.identity()).ifPresent(texts::add);
        }
        return List.copyOf(texts);
    }

    /**
     * Parses an optional list of values; a single value counts as a list with one item.
     *
     * @param read throws an IllegalArgumentException whose message describes the mistake
     */
    <T> Optional<List<T>> values(String key, Function<String, T> read) {
        return values.containsKey(key)
                ? Optional.of(nodes(key).stream()
                        .flatMap(item -> scalar(key, item, read).stream())
                        .toList())
                : Optional.empty();
    }

    /** Adds a mistake in the value of a key. */
    void problem(String key, String what) {
        problems.add(values.get(key).getStartMark(), "%s: %s".formatted(key, what));
    }

    /** The items of a list; a single item counts as a list with one item. */
    List<Node> nodes(String key) {
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        return value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
    }

    /** A nested mapping; empty if the key is missing. */
    Optional<YamlMapping> mapping(String key, Set<String> known) {
        return Optional.ofNullable(values.get(key)).map(value -> of(value, known, problems));
    }

    private <T> Optional<T> scalar(String key, Node value, Function<String, T> read) {
        if (!(value instanceof ScalarNode scalar)) {
            problems.add(value.getStartMark(), key + ": a single value is expected");
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(scalar.getValue()));
        } catch (IllegalArgumentException e) {
            problems.add(value.getStartMark(), "%s: '%s' %s".formatted(key, scalar.getValue(), e.getMessage()));
            return Optional.empty();
        }
    }

    private static List<String> sorted(Set<String> keys) {
        return keys.stream().sorted().toList();
    }
}
