package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** If authentication with a backend fails, the log names the backend or the token, and no activity is lost. */
@Live
class SecurityIT {

    private static final int RUNS = 5;

    @Test
    void privateAuthorityAndClientCertificate_areConfiguration(Lab lab) {
        Authority authority = new Authority("university", lab.newDirectory());
        authority.issue("backend");
        authority.issue("node");
        PostOffice office = PostOffice.opened(authority.server("backend"));
        Outpost outpost = Outpost.of(lab, office);
        outpost.start(trusting(authority, authority));

        List<String> names = outpost.run(RUNS);

        outpost.awaitArrival(Set.copyOf(names));
    }

    @Test
    void backendOfAnotherAuthority_isToldNothing_untilTheConfigurationIsRight(Lab lab) {
        Authority authority = new Authority("university", lab.newDirectory());
        authority.issue("backend");
        authority.issue("node");
        Authority stranger = new Authority("stranger", lab.newDirectory());
        PostOffice office = PostOffice.opened(authority.server("backend"));
        Outpost outpost = Outpost.of(lab, office);
        Service wrong = outpost.start(trusting(stranger, authority));

        List<String> names = outpost.run(RUNS);
        awaitInLog(wrong, "unable to find valid certification path");
        wrong.terminate();
        wrong.exitStatus();
        assertThat(office.requests()).isEmpty();
        outpost.start(trusting(authority, authority));

        outpost.awaitArrival(Set.copyOf(names));
    }

    @Test
    void expiredCertificate_isNamed_andReplacedWithoutLoss(Lab lab) {
        Authority authority = new Authority("university", lab.newDirectory());
        authority.issueExpired("yesterday");
        authority.issue("backend");
        authority.issue("node");
        PostOffice expired = PostOffice.opened(authority.server("yesterday"));
        Outpost outpost = Outpost.of(lab, expired);
        Service procmon = outpost.start(trusting(authority, authority));

        List<String> names = outpost.run(RUNS);
        awaitInLog(procmon, "CertificateExpiredException");
        procmon.terminate();
        procmon.exitStatus();
        assertThat(expired.requests()).isEmpty();
        PostOffice renewed = lab.keep(PostOffice.opened(authority.server("backend")));
        Map<String, String> environment = trusting(authority, authority);
        environment.put("API_ENDPOINT", renewed.address().toString());
        outpost.start(environment);

        Await.until("all arrive", () -> renewed.targets().containsAll(names));
    }

    @Test
    void revokedToken_waitsForTheNext_andIsInNoLog(Lab lab) throws IOException {
        PostOffice office = PostOffice.opened();
        office.expects("token-of-today");
        Outpost outpost = Outpost.of(lab, office);
        Path file = Files.writeString(lab.newDirectory().resolve("token"), "token-of-yesterday\n");
        Service procmon = outpost.start(Map.of("PROCMON_API_TOKEN_FILE", file.toString()));

        List<String> names = outpost.run(RUNS);
        awaitInLog(procmon, "HTTP 401");
        assertThat(office.letters()).isEmpty();
        Files.writeString(file, "token-of-today\n");
        outpost.awaitArrival(Set.copyOf(names));

        assertThat(procmon.log()).doesNotContain("token-of-");
        assertThat(procmon.metrics().lines()).noneMatch(line -> line.contains("token-of-"));
        assertThat(procmon.metrics().of("procmon_delivery_retries_total", "cause", "unauthorized"))
                .isPositive();
    }

    /** The configuration of operate.md: environment variables only. */
    private static Map<String, String> trusting(Authority backend, Authority own) {
        return new HashMap<>(Map.of(
                "QUARKUS_REST_CLIENT_BACKEND_TLS_CONFIGURATION_NAME",
                "backend",
                "QUARKUS_TLS_BACKEND_TRUST_STORE_PEM_CERTS",
                backend.certificate().toString(),
                "QUARKUS_TLS_BACKEND_KEY_STORE_P12_PATH",
                own.keysOf("node").toString(),
                "QUARKUS_TLS_BACKEND_KEY_STORE_P12_PASSWORD",
                Authority.PASSWORD));
    }

    private static void awaitInLog(Service procmon, String words) {
        Await.until("the log says '%s'".formatted(words), () -> procmon.log().contains(words));
    }
}
