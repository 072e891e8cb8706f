package io.procmon.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.spool.DeliveryFailure;
import io.procmon.spool.DeliveryOutcome;
import io.smallrye.mutiny.TimeoutException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswersTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T10:00:00Z"), ZoneOffset.UTC);

    private final HttpAnswers answers = new HttpAnswers(CLOCK, false);

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 206, 299, 409})
    void backendThatHasIt_accepts(int status) {
        assertThat(answers.of(response(status))).isEqualTo(new DeliveryOutcome.Delivered(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 410, 413, 422, 499})
    void backendThatWillNeverTakeIt_refuses(int status) {
        assertThat(answers.of(response(status))).isInstanceOf(DeliveryOutcome.Rejected.class);
    }

    @ParameterizedTest
    @CsvSource({
        "408, BUSY",
        "425, BUSY",
        "429, BUSY",
        "502, BUSY",
        "503, BUSY",
        "504, BUSY",
        "500, SERVER_ERROR",
        "507, SERVER_ERROR"
    })
    void backendThatMayTakeItLater_isTriedAgain(int status, DeliveryFailure failure) {
        assertThat(answers.of(response(status)))
                .isEqualTo(new DeliveryOutcome.Failed("HTTP " + status, failure, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "303", "304", "307", "308", "399"})
    void redirection_isNoDelivery_andNamesTheLocation(int status) {
        Response response = Response.status(status)
                .header("Location", "https://user:pw@backend.example/login?token=s3cret#top")
                .build();

        assertThat(answers.of(response)).isInstanceOfSatisfying(DeliveryOutcome.Failed.class, again -> {
            assertThat(again.failure()).isEqualTo(DeliveryFailure.UNEXPECTED_STATUS);
            assertThat(again.cause())
                    .startsWith("HTTP " + status + " to https://backend.example/login;")
                    .doesNotContain("s3cret", "pw");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 101, 103, 199})
    void statusThatIsNoAnswer_isNoDelivery(int status) {
        assertThat(answers.of(response(status)))
                .isEqualTo(new DeliveryOutcome.Failed(
                        "HTTP " + status, DeliveryFailure.UNEXPECTED_STATUS, Optional.empty()));
    }

    @Test
    void location_isOneShortVisibleLine() {
        assertThat(HttpAnswers.location(null)).isEqualTo("no location");
        assertThat(HttpAnswers.location("/a\u2028b\nc")).isEqualTo("/a?b?c");
        assertThat(HttpAnswers.location("/" + "x".repeat(9000))).hasSizeLessThan(300);
    }

    @Test
    void refusedToken_isTriedAgain_whereItsFileMayGetAnotherOne() {
        DeliveryOutcome answer = new HttpAnswers(CLOCK, true).of(response(401));

        assertThat(answer)
                .isEqualTo(new DeliveryOutcome.Failed("HTTP 401", DeliveryFailure.UNAUTHORIZED, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "120 | PT2M",
                "' 7 ' | PT7S",
                "99999999999 | PT1H",
                "Mon, 02 Mar 2026 10:00:30 GMT | PT30S",
                "Mon, 02 Mar 2026 09:00:00 GMT | PT0S",
                "Tue, 02 Mar 2027 10:00:00 GMT | PT1H"
            })
    void retryAfter_isSecondsOrADate(String header, Duration pause) {
        assertThat(answers.pause(header)).contains(pause);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999999999999"})
    void retryAfterThatIsNonsense_isIgnored(String header) {
        assertThat(answers.pause(header)).isEmpty();
    }

    @Test
    void connectionThatFails_namesTheRootOfIt() {
        DeliveryOutcome answer =
                HttpAnswers.of(new RuntimeException("wrapped", new ConnectException("refused\nat length")));

        assertThat(answer)
                .isEqualTo(new DeliveryOutcome.Failed(
                        "ConnectException: refused", DeliveryFailure.CONNECTION, Optional.empty()));
    }

    @Test
    void answerThatDoesNotCome_isATimeout() {
        assertThat(HttpAnswers.of(new TimeoutException()))
                .isEqualTo(new DeliveryOutcome.Failed("no answer in time", DeliveryFailure.TIMEOUT, Optional.empty()));
    }

    private static Response response(int status) {
        return Response.status(status).build();
    }
}
