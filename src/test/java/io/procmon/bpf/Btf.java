package io.procmon.bpf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types in a compiled object, as bpftool reads them from its {@code .BTF} section. */
final class Btf {

    /**
     * A member of a struct.
     *
     * @param offset in bytes
     * @param size in bytes
     */
    record Member(String name, long offset, long size) {}

    private static final int POINTER_SIZE = 8;

    private final Map<Integer, JsonNode> byId = new HashMap<>();
    private final Map<String, JsonNode> structs = new HashMap<>();

    private Btf(JsonNode dump) {
        for (JsonNode type : dump.get("types")) {
            byId.put(type.get("id").asInt(), type);
            if (type.get("kind").asText().equals("STRUCT")) {
                structs.put(type.get("name").asText(), type);
            }
        }
    }

    /**
     * Reads an object.
     *
     * @throws IOException if bpftool is missing or cannot read it
     */
    static Btf of(Path object) throws IOException {
        Process bpftool = new ProcessBuilder("bpftool", "btf", "dump", "file", object.toString(), "format", "raw", "-j")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream dump = bpftool.getInputStream()) {
            return new Btf(new ObjectMapper().readTree(dump));
        }
    }

    /** A struct's members in their order. */
    List<Member> members(String struct) {
        List<Member> members = new ArrayList<>();
        for (JsonNode member : struct(struct).get("members")) {
            members.add(new Member(
                    member.get("name").asText(),
                    member.get("bits_offset").asLong() / Byte.SIZE,
                    size(byId.get(member.get("type_id").asInt()))));
        }
        return members;
    }

    /** Bytes of a struct. */
    long size(String struct) {
        return size(struct(struct));
    }

    private JsonNode struct(String name) {
        JsonNode struct = structs.get(name);
        if (struct == null) {
            throw new AssertionError("the object's BTF has no struct " + name);
        }
        return struct;
    }

    private long size(JsonNode type) {
        return switch (type.get("kind").asText()) {
            case "PTR" -> POINTER_SIZE;
            case "ARRAY" -> type.get("nr_elems").asLong() * size(target(type));
            case "TYPEDEF", "CONST", "VOLATILE" -> size(target(type));
            default -> type.get("size").asLong();
        };
    }

    private JsonNode target(JsonNode type) {
        return byId.get(type.get("type_id").asInt());
    }
}
