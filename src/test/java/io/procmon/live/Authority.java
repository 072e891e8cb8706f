package io.procmon.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority for the tests, made with the JDK's keytool. */
final class Authority {

    /** The password of every key store. */
    static final String PASSWORD = "changeit";

    private static final String SELF = "authority";
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));

    private final Path directory;
    private final Path keys;

    /** Creates an authority with a name. */
    Authority(String name, Path directory) {
        this.directory = directory;
        this.keys = directory.resolve("authority.p12");
        keytool(SELF, name, "-ext", "bc:c=ca:true");
    }

    /** A certificate for a holder at 127.0.0.1. */
    void issue(String holder) {
        keytool(holder, holder, "-signer", SELF, "-ext", "san=ip:127.0.0.1");
    }

    /** The same, but the certificate expired yesterday. */
    void issueExpired(String holder) {
        keytool(holder, holder, "-signer", SELF, "-ext", "san=ip:127.0.0.1", "-startdate", "-10d", "-validity", "9");
    }

    /** The certificate of the authority, for clients that trust it. */
    Path certificate() {
        try {
            String pem = PEM.encodeToString(load().getCertificate(SELF).getEncoded());
            return Files.writeString(
                    directory.resolve("authority.pem"),
                    "-----BEGIN CERTIFICATE-----\n" + pem + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with a holder's key and certificates, in PKCS#12. */
    Path keysOf(String holder) {
        Path file = directory.resolve(holder + ".p12");
        try (OutputStream output = Files.newOutputStream(file)) {
            only(holder).store(output, PASSWORD.toCharArray());
            return file;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The TLS context of a server with the holder's certificate, which trusts this authority. */
    SSLContext server(String holder) {
        try {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(only(holder), PASSWORD.toCharArray());
            KeyStore trusted = empty();
            trusted.setCertificateEntry(SELF, load().getCertificate(SELF));
            TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            others.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), others.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore only(String holder) throws GeneralSecurityException {
        KeyStore all = load();
        KeyStore one = empty();
        Certificate[] chain = all.getCertificateChain(holder);
        one.setKeyEntry(holder, all.getKey(holder, PASSWORD.toCharArray()), PASSWORD.toCharArray(), chain);
        return one;
    }

    private KeyStore load() throws GeneralSecurityException {
        try (InputStream input = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(input, PASSWORD.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keytool(String alias, String name, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD,
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-dname",
                "CN=" + name));
        command.addAll(List.of(more));
        Shell.run(command.toArray(String[]::new));
    }
}
