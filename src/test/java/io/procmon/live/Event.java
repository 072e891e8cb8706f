package io.procmon.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What a backend gets of one activity.
 *
 * @param classDiv from the request's path, such as {@code os-1}
 * @param homework from the request's path
 * @param student from the request's path
 * @param kind from the request's path: {@code build} or {@code run}
 * @param body as it came
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

    /** What tests compare, in one line: homework, kind, type, exit code and target. */
    String summary() {
        return "%s %s %s %d %s".formatted(homework, kind, text("type"), number("exit_code"), text("target_path"));
    }

    String text(String member) {
        return body.required(member).textValue();
    }

    int number(String member) {
        return body.required(member).intValue();
    }

    /** Whether a member that is left out if it is false is there and true. */
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

    /** Whether it tells of an end what waitpid(2) told. */
    boolean agreesWith(Ended ended) {
        return pid() == ended.pid()
                && number("exit_code") == ended.exitCode()
                && signal().equals(ended.signal())
                && is("core_dumped") == ended.coreDumped();
    }
}
