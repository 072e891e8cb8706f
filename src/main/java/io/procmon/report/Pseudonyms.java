package io.procmon.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.procmon.events.Report;
import io.procmon.privacy.KeyedHash;
import io.procmon.process.Student;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Other names for students: HMAC-SHA-256 of the id under a key, as a whole number of 18 digits, since backends want whole
 * numbers. Who has the key can tell whose it is, by trying; nobody else can. The same student has the same pseudonym as long
 * as the key is the same.
 */
final class Pseudonyms {

    /** The shortest key that is worth its name: half of the hash. */
    static final int SHORTEST_KEY = 16;

    private static final long SMALLEST = 100_000_000_000_000_000L;
    private static final long RANGE = 9 * SMALLEST;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The members of an activity that may hold the id: names that students and their course choose, and texts that quote them.
     * All others keep their value. With an id such as {@code 12}, a replacement in a hash, a UUID or {@code c12} would change what
     * the member means.
     */
    private static final Set<String> PERSONAL = Set.of(
            "arguments",
            "binary_path",
            "checks",
            "cmdline",
            "cwd",
            "executed_as",
            "hostname",
            "inputs",
            "libraries",
            "output_path",
            "outputs",
            "path",
            "requirement",
            "source_files",
            "sources",
            "target_path",
            "unread_argument_files",
            "why",
            "wrapper");

    /** An id in a text: not as a part of a longer number. */
    private record Pseudonym(Pattern original, String name) {
        String in(String text) {
            return original.matcher(text).replaceAll(name);
        }
    }

    private final KeyedHash hashes;
    private final Map<String, Pseudonym> known = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException if the key is too short */
    Pseudonyms(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("a key has %d bytes at least".formatted(SHORTEST_KEY));
        }
        hashes = new KeyedHash(key);
    }

    /** The student under the pseudonym. */
    Student of(Student student) {
        return new Student(
                student.course(),
                student.section(),
                known.computeIfAbsent(student.id(), this::pseudonym).name());
    }

    /** A text about a student, with the pseudonym in the id's place. */
    String in(String text, Student student) {
        return known.computeIfAbsent(student.id(), this::pseudonym).in(text);
    }

    /** The report under the student's pseudonym, in the hostname and in paths too. */
    Report of(Report report) {
        Pseudonym pseudonym = known.computeIfAbsent(report.student().id(), this::pseudonym);
        return new Report(
                report.eventId(),
                report.kind(),
                report.type(),
                of(report.student()),
                report.homework(),
                report.startedAt(),
                report.endedAt(),
                rename(report.activity(), pseudonym));
    }

    private static String rename(String activity, Pseudonym pseudonym) {
        try {
            JsonNode tree = JSON.readTree(activity);
            rename(tree, pseudonym);
            return tree.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report's activity is always JSON", e);
        }
    }

    /** Renames in texts only: the exit code 12 is a number, whoever has the id 12. */
    private static JsonNode rename(JsonNode node, Pseudonym pseudonym) {
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(member -> PERSONAL.contains(member.getKey()))
                    .forEach(member -> member.setValue(rename(member.getValue(), pseudonym)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, rename(array.get(i), pseudonym));
            }
        } else if (node instanceof TextNode text) {
            return TextNode.valueOf(pseudonym.in(text.textValue()));
        }
        return node;
    }

    private Pseudonym pseudonym(String id) {
        long hash = ByteBuffer.wrap(hashes.of(id)).getLong();
        return new Pseudonym(
                Pattern.compile("(?<![0-9])" + Pattern.quote(id) + "(?![0-9])"),
                Long.toString(SMALLEST + Long.remainderUnsigned(hash, RANGE)));
    }
}
