package io.procmon.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.config.ConfiguredFile;
import io.procmon.config.InvalidConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of the nodes that report to the class service. Digests are compared instead of tokens, so that the
 * response time reveals nothing about a token.
 */
final class NodeTokens {

    /** The name for a token that several nodes share. Its sender may report for any node. */
    static final String ANY = "*";

    private static final String KEY = "procmon.nodes.token-file";

    /** The shortest token. It must be too long to guess, because the number of attempts is not limited. */
    private static final int LENGTH_MIN = 16;

    private static final String BEARER = "Bearer ";

    private final Map<String, String> nodes;

    private NodeTokens(Map<String, String> nodes) {
        this.nodes = Map.copyOf(nodes);
    }

    /**
     * Reads a file.
     *
     * @throws InvalidConfiguration if it cannot be read, or if a line is invalid
     */
    static NodeTokens read(Path file) {
        return new NodeTokens(nodes(file, ConfiguredFile.read(KEY, file, Files::readAllLines)));
    }

    /** The node of a header {@code Authorization}; empty if the header has no token of a node. */
    Optional<String> nodeOf(String authorization) {
        return authorization == null || !authorization.startsWith(BEARER)
                ? Optional.empty()
                : Optional.ofNullable(nodes.get(digest(authorization.substring(BEARER.length()))));
    }

    private static Map<String, String> nodes(Path file, List<String> lines) {
        Map<String, String> nodes = new HashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(nodes, file, number, line);
            }
        }
        if (nodes.isEmpty()) {
            throw new InvalidConfiguration(KEY, file, "it has no tokens");
        }
        return nodes;
    }

    private static void add(Map<String, String> nodes, Path file, int number, String line) {
        String[] words = line.split("\\s+", -1);
        if (words.length != 2) {
            throw new InvalidConfiguration(KEY, file, "line %d must be a node and a token".formatted(number));
        }
        if (words[1].length() < LENGTH_MIN) {
            throw new InvalidConfiguration(
                    KEY, file, "the token in line %d is shorter than %d characters".formatted(number, LENGTH_MIN));
        }
        if (nodes.putIfAbsent(digest(words[1]), words[0]) != null) {
            throw new InvalidConfiguration(
                    KEY, file, "the token in line %d occurs for another node, too".formatted(number));
        }
    }

    private static String digest(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
