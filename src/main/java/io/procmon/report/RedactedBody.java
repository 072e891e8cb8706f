package io.procmon.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All texts about an activity without secrets. The arguments are redacted first, since only they show that a word behind
 * {@code --password} is one. A parser takes that word for a file, so it is looked for in all other texts.
 */
final class RedactedBody {

    /** Times and ids, and the arguments, which are redacted already. */
    private static final Set<String> UNTOUCHED = Set.of(
            "arguments",
            "cmdline",
            "timestamp",
            "started_at",
            "event_id",
            "build_id",
            "built_by",
            "container_id",
            "type",
            "process_type");

    /** A shorter secret is masked only where it is a whole word of a path or an address. */
    private static final int DISTINCT = 6;

    private final Redaction redaction;
    private final ContainerPath cwd;
    private final List<String> secrets;

    /**
     * @param cwd the working directory: relative arguments became paths below it
     * @param secrets those of the arguments
     */
    RedactedBody(Redaction redaction, ContainerPath cwd, List<String> secrets) {
        this.redaction = redaction;
        this.cwd = cwd;
        this.secrets = secrets.stream()
                .flatMap(it -> List.of(it, ContainerPath.of(it).value().substring(1)).stream())
                .filter(it -> !it.isBlank())
                .distinct()
                .toList();
    }

    /** Redacts a body in place. */
    ObjectNode of(ObjectNode body) {
        body.properties().stream()
                .filter(member -> !UNTOUCHED.contains(member.getKey()))
                .forEach(member -> member.setValue(redacted(member.getValue())));
        return body;
    }

    private JsonNode redacted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(redacted(member.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, redacted(array.get(i)));
            }
        } else if (node instanceof TextNode text) {
            return TextNode.valueOf(redacted(text.textValue()));
        }
        return node;
    }

    /** The working directory itself is no argument: a password that is called like the homework leaves it alone. */
    private String redacted(String text) {
        boolean below = text.startsWith(cwd.value()) && ContainerPath.of(text).isWithin(cwd);
        int from = below ? cwd.value().length() : 0;
        String masked = text.substring(from);
        for (String secret : secrets) {
            masked = secret.length() < DISTINCT ? maskWords(masked, secret) : masked.replace(secret, Redaction.MASK);
        }
        return redaction.text(text.substring(0, from) + masked);
    }

    private static String maskWords(String text, String secret) {
        return text.contains(secret)
                ? Pattern.compile("(?<![^/:@=&?])" + Pattern.quote(secret) + "(?![^/:@=&?])")
                        .matcher(text)
                        .replaceAll(Redaction.MASK)
                : text;
    }
}
