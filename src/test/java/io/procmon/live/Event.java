package io.procmon.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * An event that a backend received.
 *
 * @param classDiv from the path of the request, such as {@code os-1}
 * @param homework from the path of the request
 * @param student from the path of the request
 * @param kind from the path of the request: {@code build} or {@code run}
 * @param body the body
 */
record Event(String classDiv, String homework, String student, String kind, JsonNode body) {

    private static final Pattern PATH = Pattern.compile("/api/([^/]+)/([^/]+)/([^/]+)/logs/(build|run)");

    /** An event as it was posted. */
    static Event of(String path, JsonNode body) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw new IllegalArgumentException("the contract knows no POST to " + path);
        }
        return new Event(parts.group(1), parts.group(2), parts.group(3), parts.group(4), body);
    }

    /** The facts that tests compare, in one line: homework, kind, type, exit code and target. */
    String summary() {
        return "%s %s %s %d %s".formatted(homework, kind, text("type"), number("exit_code"), text("target_path"));
    }

    String text(String member) {
        return body.required(member).textValue();
    }

    int number(String member) {
        return body.required(member).intValue();
    }

    /** Whether an optional member exists and is true. */
    boolean is(String member) {
        return body.path(member).booleanValue();
    }

    List<String> list(String member) {
        return StreamSupport.stream(body.required(member).spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    /** In the container's pid namespace. */
    int pid() {
        return number("container_pid");
    }

    OptionalInt signal() {
        return body.has("signal") ? OptionalInt.of(number("signal")) : OptionalInt.empty();
    }

    /** Whether it reports the same end as waitpid(2). */
    boolean agreesWith(Ended ended) {
        return pid() == ended.pid()
                && number("exit_code") == ended.exitCode()
                && signal().equals(ended.signal())
                && is("core_dumped") == ended.coreDumped();
    }
}
