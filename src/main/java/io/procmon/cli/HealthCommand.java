package io.procmon.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Asks the service on this machine whether it is alive. Container runtimes run this command as a health check in an
 * image without other programs. It starts no part of the service, so a call is cheap.
 */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = "Checks whether the procmon on this machine is alive.",
        footer = {"", "Exit status: 0 it is alive, 1 it is not alive or does not answer."})
public final class HealthCommand implements Callable<Integer> {

    private static final int DEFAULT_PORT = 9090;
    private static final int TIMEOUT_MILLIS = 5_000;

    @Option(names = "--ready", description = "Checks whether procmon watches, instead of whether it is alive.")
    boolean ready;

    @Override
    public Integer call() {
        String status;
        try {
            status = statusLine(ready ? "/q/health/ready" : "/q/health/live");
        } catch (IOException e) {
            status = e.getMessage();
        }
        boolean healthy = status.endsWith(" 200 OK");
        (healthy ? System.out : System.err).println("procmon: " + status);
        return healthy ? 0 : 1;
    }

    private static String statusLine(String path) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(US_ASCII));
            BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            return Optional.ofNullable(answer.readLine()).orElse("no answer");
        }
    }

    private static int port() {
        return Optional.ofNullable(System.getenv("PROMETHEUS_PORT"))
                .map(Integer::valueOf)
                .orElse(DEFAULT_PORT);
    }
}
