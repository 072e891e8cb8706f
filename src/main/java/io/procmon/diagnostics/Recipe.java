package io.procmon.diagnostics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules by which the messages of one family of tools are read: a table, each line {@code action[type]  template}. The
 * first rule whose template a line matches decides.
 *
 * @param name as the event has it, such as {@code cc}
 */
record Recipe(String name, List<Rule> rules, Set<String> broad) {

    /** What a line does. */
    enum Action {
        /** It is a diagnostic whose severity {@code {kind}} says. */
        REPORT,
        /** It is an error. */
        ERROR,
        /** It is an error whose message is the next line. */
        HEAD,
        /** It is an error if a trace has begun before it: without one, anything could have printed it. */
        RAISE,
        /** It is a warning. */
        WARNING,
        /** It begins a trace: what was known of places is forgotten. */
        START,
        /** It is a place of the next diagnostic; the last one in the homework counts. */
        BEFORE,
        /** It is a place of the diagnostic before, if that one has none yet in the homework. */
        FRAME,
        /** It shows the column of the place before, by where its {@code ^} stands. */
        CARET,
        /** It belongs to the message before. */
        DETAIL,
        /** It is the message before, which has none yet. */
        TEXT,
        /** The diagnostic before is only what led to the one that follows. */
        WITHDRAW,
        /** It is nothing, although a later rule would match. */
        SKIP
    }

    /**
     * A line of the table.
     *
     * @param type of each diagnostic that it reads; empty if the message tells
     */
    record Rule(Action action, Optional<String> type, Template template) {}

    /** Reads a table. */
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

    /** A rule that matches a line, with the line's fields. */
    record Found(Recipe recipe, Rule rule, Map<String, String> fields) {
        Optional<String> field(String name) {
            return Optional.ofNullable(fields.get(name));
        }
    }

    /** @param wanting whether the diagnostic before has no message yet */
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
