package io.procmon.diagnostics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the diagnostics in the standard error of a compiler, an interpreter or a program. Each language has recipes in
 * an order; the first one that matches a line decides. Runs have other recipes than builds. So if a student's program
 * prints a text like a compiler's error, it is not read as one.
 *
 * <p>Immutable. Time and memory are linear in the text, of which at most 128 KiB are read.
 */
public final class DiagnosticsReader {

    private static final String ANY = "*";

    private final Map<String, List<Recipe>> recipes = new HashMap<>();
    private final Kinds kinds;
    private final ErrorTypes types;
    private final Map<String, ErrorTypes> typesByLanguage = new HashMap<>();

    /** @param tables returns the lines of a table for its name, such as {@code cc.recipe} */
    public DiagnosticsReader(Function<String, List<String>> tables) {
        kinds = new Kinds(tables.apply("kinds.words"));
        Map<String, Set<String>> keywords = keywords(tables.apply("keywords.words"));
        types = ErrorTypes.of(tables.apply("types.aliases"), keywords.getOrDefault(ANY, Set.of()));
        keywords.forEach((language, words) -> typesByLanguage.put(language, types.with(words)));
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

    /** The keywords of each language, from lines of the form {@code language, language = word word}. */
    private static Map<String, Set<String>> keywords(List<String> lines) {
        Map<String, Set<String>> keywords = new HashMap<>();
        for (String line : lines) {
            String[] sides = line.split(" = ", 2);
            List<String> words = List.of(sides[1].split(" ", -1));
            for (String language : sides[0].split(", ", -1)) {
                keywords.computeIfAbsent(language, _ -> new HashSet<>()).addAll(words);
            }
        }
        Set<String> ofAll = Set.copyOf(keywords.getOrDefault(ANY, Set.of()));
        keywords.values().forEach(words -> words.addAll(ofAll));
        return keywords;
    }

    /**
     * The diagnostics in a text.
     *
     * @param kind {@code build} or {@code run}
     * @param language the language that the tool reads, such as {@code c++}, or {@code binary} for a student's own
     * program
     * @param head the beginning of the text
     * @param tail the end of the text; empty if the beginning is the whole text
     * @param gap whether a part between the two is missing
     * @param places the directories of the files that the text names
     */
    public Diagnostics read(String kind, String language, byte[] head, byte[] tail, boolean gap, Places places) {
        List<Recipe> used =
                recipes.getOrDefault(kind + ' ' + language, recipes.getOrDefault(kind + ' ' + ANY, List.of()));
        Reading reading = new Reading(used, kinds, typesByLanguage.getOrDefault(language, types), places);
        TextParts text = TextParts.of(head, tail, gap);
        TextLines.of(kind.equals("build") ? MachineFormat.lines(text) : text).forEach(reading::read);
        return reading.result();
    }
}
