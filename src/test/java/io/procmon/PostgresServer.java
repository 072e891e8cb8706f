package io.procmon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real PostgreSQL of the distribution's package, with its own directory and port. It runs as the user postgres. */
public final class PostgresServer implements AutoCloseable {

    public static final String USER = "procmon";
    private static final String PASSWORD = "a password of the test";
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private final Path directory;
    private final int port;
    private final boolean durable;

    private PostgresServer(Path directory, int port, boolean durable) {
        this.directory = directory;
        this.port = port;
        this.durable = durable;
    }

    /** Creates a cluster and starts it. A failure of the machine may lose its data. */
    public static PostgresServer start() {
        return start(false);
    }

    /** Creates a cluster that writes each commit to the disk, as one in production does, and starts it. */
    public static PostgresServer startDurable() {
        return start(true);
    }

    private static PostgresServer start(boolean durable) {
        Prerequisites.require(programs().isPresent(), "PostgreSQL is not installed");
        Prerequisites.require("root".equals(System.getProperty("user.name")), "only root can start it as another user");
        try {
            Path directory = Files.createTempDirectory("procmon-postgres-");
            Path password = Files.writeString(directory.resolve("password"), PASSWORD);
            run(List.of("chown", "-R", "postgres", directory.toString()));
            PostgresServer server = new PostgresServer(directory, freePort(), durable);
            asPostgres(
                    "initdb",
                    "--no-sync",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--username=" + USER,
                    "--auth=scram-sha-256",
                    "--pwfile=" + password,
                    "--pgdata=" + server.data());
            server.up();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it again with its data. */
    public void up() {
        asPostgres(
                "pg_ctl",
                "start",
                "-w",
                "--pgdata=" + data(),
                "--log=" + directory.resolve("log"),
                "-o",
                "-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=%s"
                        .formatted(port, directory, durable ? "on" : "off"));
    }

    /** Kills it without a shutdown, like a power failure. */
    public void down() {
        asPostgres("pg_ctl", "stop", "-w", "-m", "immediate", "--pgdata=" + data());
    }

    /** An empty database. */
    public String newDatabase(String name) {
        List<String> command = new ArrayList<>(List.of(
                programs().orElseThrow().resolve("createdb").toString(),
                "--host=127.0.0.1",
                "--port=" + port,
                "--username=" + USER,
                name));
        run(command, Map.of("PGPASSWORD", PASSWORD));
        return "postgresql://127.0.0.1:%d/%s".formatted(port, name);
    }

    /** A connection of {@link #USER} to a database. */
    public Connection connect(String url) throws SQLException {
        return DriverManager.getConnection("jdbc:" + url, USER, PASSWORD);
    }

    /** The rows of a query, each as text with its columns separated by '|'. */
    public List<String> rows(String url, String query) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> columns = new ArrayList<>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    columns.add(found.getString(column));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    /** A file with the password of {@link #USER}. */
    public Path passwordFile() {
        return directory.resolve("password");
    }

    @Override
    public void close() {
        down();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private static void asPostgres(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "runuser",
                "-u",
                "postgres",
                "--",
                programs().orElseThrow().resolve(program).toString()));
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) {
        run(command, Map.of());
    }

    private static void run(List<String> command, Map<String, String> environment) {
        try {
            Path output = Files.createTempFile("procmon-postgres-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            int status = builder.start().waitFor();
            String said = Files.readString(output);
            Files.delete(output);
            if (status != 0) {
                throw new AssertionError("%s ended with %d: %s".formatted(command, status, said));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** The directory of the newest version's programs. */
    private static Optional<Path> programs() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
