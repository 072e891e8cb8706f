package io.procmon.diagnostics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the diagnostics in what a compiler, an interpreter or a program wrote to standard error. Each language has its
 * recipes, in order: the first that knows a line decides. So a student's program that prints what looks like a compiler's
 * error is not read as one: for a run, only the recipes of runs are asked.
 *
 * <p>Immutable. Time and memory are linear in the text, of which at most 128 KiB are read.
 */
public final class DiagnosticsReader {

    private static final String ANY = "*";

    private final Map<String, List<Recipe>> recipes = new HashMap<>();
    private final Kinds kinds;
    private final ErrorTypes types;

    /** @param tables the lines of a table, by its name, such as {@code cc.recipe} */
    public DiagnosticsReader(Function<String, List<String>> tables) {
        kinds = new Kinds(tables.apply("kinds.words"));
        types = new ErrorTypes(tables.apply("types.aliases"), tables.apply("keywords.words"));
        Map<String, Recipe> byName = new HashMap<>();
        for (String line : tables.apply("languages.table")) {
            String[] sides = line.split(" = ", 2);
            List<Recipe> used = new ArrayList<>();
            for (String name : sides[1].split(" ", -1)) {
                used.add(byName.computeIfAbsent(name, it -> Recipe.of(it, tables.apply(it + ".recipe"))));
            }
            for (String language : sides[0].split(", ", -1)) {
                recipes.put(language, List.copyOf(used));
            }
        }
    }

    /**
     * The diagnostics in a text.
     *
     * @param kind {@code build} or {@code run}
     * @param language what the tool reads, such as {@code c++}, or {@code binary} for a student's own program
     * @param head the beginning of the text
     * @param tail the end of the text; empty if the beginning is all
     * @param gap whether something is missing between the two
     * @param places where the files are that it names
     */
    public Diagnostics read(String kind, String language, byte[] head, byte[] tail, boolean gap, Places places) {
        List<Recipe> used =
                recipes.getOrDefault(kind + ' ' + language, recipes.getOrDefault(kind + ' ' + ANY, List.of()));
        Reading reading = new Reading(used, kinds, types, places);
        TextLines.of(head, tail, gap).forEach(reading::read);
        return reading.result();
    }
}
