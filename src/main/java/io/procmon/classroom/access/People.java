package io.procmon.classroom.access;

import io.procmon.config.ConfiguredFile;
import io.procmon.config.InvalidConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A file of people: a line for each, with the name, the role, and the courses. */
public final class People {

    private static final String KEY = "procmon.sign-in.people-file";

    private final Map<String, Viewer> byName;

    private People(Map<String, Viewer> byName) {
        this.byName = Map.copyOf(byName);
    }

    /**
     * Reads a file.
     *
     * @throws InvalidConfiguration if it cannot be read, or if a line is invalid
     */
    public static People read(Path file) {
        List<String> lines = ConfiguredFile.read(KEY, file, Files::readAllLines);
        Map<String, Viewer> people = new HashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                Viewer person = person(file, number, line);
                if (people.putIfAbsent(person.name(), person) != null) {
                    throw new InvalidConfiguration(KEY, file, "the person in line %d is there twice".formatted(number));
                }
            }
        }
        return new People(people);
    }

    private static Viewer person(Path file, int number, String line) {
        String[] words = line.split("\\s+", -1);
        Viewer.Role role = words.length < 2
                ? Viewer.Role.NONE
                : Viewer.Role.named(words[1]).orElse(Viewer.Role.NONE);
        if (role == Viewer.Role.NONE) {
            throw new InvalidConfiguration(
                    KEY,
                    file,
                    "line %d must be a name, then teacher, assistant or admin, then courses".formatted(number));
        }
        return new Viewer(words[0], role, Set.copyOf(Arrays.asList(words).subList(2, words.length)));
    }

    /** The person of a name; one without a role if the file does not have the name. */
    public Viewer named(String name) {
        return byName.getOrDefault(name, new Viewer(name, Viewer.Role.NONE, Set.of()));
    }
}
