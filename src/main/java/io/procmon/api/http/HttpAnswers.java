package io.procmon.api.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.procmon.api.Answer;
import io.procmon.api.DeliveryFailure;
import io.smallrye.mutiny.TimeoutException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What an HTTP answer, or its absence, means for an activity. */
final class HttpAnswers {

    private static final int FIRST_REFUSAL = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final int TEXT_LIMIT = 500;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Clock clock;
    private final boolean tokenCanChange;

    /** @param tokenCanChange whether a token that is refused now may be another one soon */
    HttpAnswers(Clock clock, boolean tokenCanChange) {
        this.clock = clock;
        this.tokenCanChange = tokenCanChange;
    }

    Answer of(Response response) {
        int status = response.getStatus();
        return switch (status) {
            case REQUEST_TIMEOUT, TOO_EARLY, TOO_MANY_REQUESTS, BAD_GATEWAY, UNAVAILABLE, GATEWAY_TIMEOUT ->
                tryAgain(response, DeliveryFailure.BUSY);
            case CONFLICT -> new Answer.Accepted(status); // it knows the id already
            case UNAUTHORIZED -> tokenCanChange ? tryAgain(response, DeliveryFailure.UNAUTHORIZED) : refused(response);
            default -> {
                if (status < FIRST_REFUSAL) {
                    yield new Answer.Accepted(status);
                }
                yield status < FIRST_SERVER_ERROR
                        ? refused(response)
                        : tryAgain(response, DeliveryFailure.SERVER_ERROR);
            }
        };
    }

    private static Answer refused(Response response) {
        return new Answer.Refused(response.getStatus(), text(response));
    }

    /** No answer at all. */
    static Answer of(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new Answer.TryAgain("no answer in time", DeliveryFailure.TIMEOUT, Optional.empty());
        }
        return new Answer.TryAgain(cause(failure), DeliveryFailure.CONNECTION, Optional.empty());
    }

    private Answer tryAgain(Response response, DeliveryFailure trouble) {
        int status = response.getStatus();
        Optional<Duration> after = Optional.ofNullable(response.getHeaderString(HttpHeaderNames.RETRY_AFTER.toString()))
                .flatMap(this::pause);
        return new Answer.TryAgain("HTTP " + status, trouble, after);
    }

    /** RFC 9110, 10.2.3: seconds, or a date. */
    Optional<Duration> pause(String retryAfter) {
        try {
            Duration pause = retryAfter.strip().chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(retryAfter.strip()))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
            if (pause.isNegative()) {
                return Optional.of(Duration.ZERO);
            }
            return Optional.of(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String text(Response response) {
        if (!response.hasEntity()) {
            return "";
        }
        String text = response.readEntity(String.class);
        return text.length() > TEXT_LIMIT ? text.substring(0, TEXT_LIMIT) : text;
    }

    /** What went wrong at the bottom: a certificate's trouble hides below two wrappers. */
    private static String cause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return root.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    }
}
