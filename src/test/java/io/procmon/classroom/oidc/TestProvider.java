package io.procmon.classroom.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** A minimal OpenID Connect provider. Each authorisation code signs in a teacher of the course os. */
public final class TestProvider implements QuarkusTestResourceLifecycleManager {

    static final String KEY = "test.provider.key";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int KEY_BITS = 2048;
    private static final int LIFETIME_SECONDS = 300;

    private HttpServer server;
    private String issuer;
    private Path secret;

    @Override
    public Map<String, String> start() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            KeyPair keys = generator.generateKeyPair();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            issuer = "http://127.0.0.1:" + server.getAddress().getPort();
            secret = Files.writeString(Files.createTempFile("sign-in", ".secret"), "s".repeat(40));
            server.createContext("/.well-known/openid-configuration", visit -> answer(visit, """
                    {"issuer": "%1$s", "jwks_uri": "%1$s/jwks", "authorization_endpoint": "%1$s/authorize",
                     "token_endpoint": "%1$s/token"}""".formatted(issuer)));
            server.createContext("/jwks", visit -> answer(visit, jwks((RSAPublicKey) keys.getPublic())));
            server.createContext("/token", visit -> {
                String token = token(keys.getPrivate(), issuer, "kim", "\"teacher\"", "\"os\"");
                answer(visit, """
                        {"access_token": "%1$s", "id_token": "%1$s", "token_type": "Bearer", "expires_in": %2$d}
                        """.formatted(token, LIFETIME_SECONDS));
            });
            server.start();
            return Map.of(
                    "procmon.sign-in.issuer",
                    issuer,
                    "procmon.sign-in.secret-file",
                    secret.toString(),
                    KEY,
                    Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        server.stop(0);
        try {
            Files.delete(secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key that {@link #start} has made, in its own class loader. */
    static PrivateKey key(String base64) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A signed token for the client.
     *
     * @param groups JSON strings with commas between them
     * @param courses the same
     */
    static String token(PrivateKey key, String issuer, String name, String groups, String courses) {
        long now = Instant.now().getEpochSecond();
        String head = BASE64.encodeToString("{\"alg\": \"RS256\", \"kid\": \"1\", \"typ\": \"JWT\"}".getBytes(UTF_8));
        String body = BASE64.encodeToString("""
                {"iss": "%s", "sub": "1", "upn": "%s", "aud": "procmon", "iat": %d, "exp": %d,
                 "groups": [%s], "courses": [%s]}""".formatted(issuer, name, now, now + LIFETIME_SECONDS, groups, courses)
                .getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update((head + "." + body).getBytes(UTF_8));
            return head + "." + body + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jwks(RSAPublicKey key) {
        return """
                {"keys": [{"kty": "RSA", "kid": "1", "use": "sig", "alg": "RS256", "n": "%s", "e": "%s"}]}""".formatted(number(key.getModulus()), number(key.getPublicExponent()));
    }

    /** Big-endian, and without a leading zero byte: RFC 7518. */
    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static void answer(HttpExchange visit, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        visit.getResponseHeaders().add("Content-Type", "application/json");
        visit.sendResponseHeaders(200, body.length);
        try (OutputStream out = visit.getResponseBody()) {
            out.write(body);
        }
    }
}
