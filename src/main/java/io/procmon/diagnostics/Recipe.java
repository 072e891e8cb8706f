package io.procmon.diagnostics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules for the messages of one family of tools: a table with lines {@code action[type]  template}. The first rule
 * whose template matches a line decides.
 *
 * @param name the name in events, such as {@code cc}
 */
record Recipe(String name, List<Rule> rules, Set<String> broad) {

    /** The action for a line. */
    enum Action {
        /** The line is a diagnostic. {@code {kind}} gives its severity. */
        REPORT,
        /** The line is an error. */
        ERROR,
        /** The line is an error whose message is the next line. */
        HEAD,
        /** The line is an error if a trace has begun before it. Without a trace, any program could have printed it. */
        RAISE,
        /** The line is a warning. */
        WARNING,
        /** The line begins a trace. The places of earlier lines are dropped. */
        START,
        /** The line gives a place of the next diagnostic. The last place in the homework counts. */
        BEFORE,
        /** The line gives a place of the previous diagnostic, if that has none in the homework yet. */
        FRAME,
        /** The position of {@code ^} in the line gives the column of the previous place. */
        CARET,
        /** The line continues the previous message. */
        DETAIL,
        /** The line is the message of the previous diagnostic, which has none yet. */
        TEXT,
        /** The line continues the line before it, which the tool broke at the width of the terminal. */
        WRAPPED,
        /** The line before quotes the source, and does not continue a message. */
        QUOTED,
        /** Drops the previous diagnostic, because the next one replaces it. */
        WITHDRAW,
        /** Skips the line, even if a later rule would match. */
        SKIP
    }

    /**
     * A line of the table.
     *
     * @param type the type of each diagnostic that the rule reads; empty if the message determines it
     */
    record Rule(Action action, Optional<String> type, Template template) {}

    /** Parses a table. */
    static Recipe of(String name, List<String> lines) {
        List<Rule> rules = new ArrayList<>();
        Set<String> broad = new HashSet<>();
        for (String line : lines) {
            int end = line.indexOf("  ");
            if (end < 0) {
                throw new IllegalArgumentException("two spaces are missing in %s: %s".formatted(name, line));
            }
            String head = line.substring(0, end);
            String template = line.substring(end).strip();
            if (head.equals("broad")) {
                broad.addAll(List.of(template.split(" ", -1)));
            } else {
                int bracket = head.indexOf('[');
                rules.add(new Rule(
                        Action.valueOf((bracket < 0 ? head : head.substring(0, bracket)).toUpperCase(Locale.ROOT)),
                        bracket < 0 ? Optional.empty() : Optional.of(head.substring(bracket + 1, head.length() - 1)),
                        new Template(template)));
            }
        }
        return new Recipe(name, List.copyOf(rules), Set.copyOf(broad));
    }

    /** A rule that matches a line, with the values of the fields. */
    record Found(Recipe recipe, Rule rule, Map<String, String> fields) {
        Optional<String> field(String name) {
            return Optional.ofNullable(fields.get(name));
        }
    }

    /**
     * Finds the first rule that matches a line.
     *
     * @param wanting whether the previous diagnostic has no message yet
     */
    Optional<Found> find(String line, boolean wanting) {
        for (Rule rule : rules) {
            if (rule.action() == Action.TEXT && !wanting) {
                continue;
            }
            Optional<Map<String, String>> fields = rule.template().match(line);
            if (fields.isPresent()) {
                return Optional.of(new Found(this, rule, fields.get()));
            }
        }
        return Optional.empty();
    }
}
