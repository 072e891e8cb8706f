package io.procmon.api.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.procmon.spool.DeliveryFailure;
import io.procmon.spool.DeliveryOutcome;
import io.smallrye.mutiny.TimeoutException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an HTTP answer, or its absence, means for an activity. */
final class HttpAnswers {

    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_REDIRECTION = 300;
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
    private static final int LAST_STATUS = 599;
    private static final int TEXT_LIMIT = 500;
    private static final int LOCATION_LIMIT = 200;

    /** The user of an address, its query and its fragment. */
    private static final Pattern SECRET_PARTS = Pattern.compile("(?<=//)[^/?#]*@|[?#].*$", Pattern.DOTALL);

    private static final Pattern INVISIBLE = Pattern.compile("[^\\x21-\\x7e]");
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Clock clock;
    private final boolean tokenCanChange;

    /** @param tokenCanChange whether a token that is refused now may be another one soon */
    HttpAnswers(Clock clock, boolean tokenCanChange) {
        this.clock = clock;
        this.tokenCanChange = tokenCanChange;
    }

    DeliveryOutcome of(Response response) {
        int status = response.getStatus();
        return switch (status) {
            case REQUEST_TIMEOUT, TOO_EARLY, TOO_MANY_REQUESTS, BAD_GATEWAY, UNAVAILABLE, GATEWAY_TIMEOUT ->
                tryAgain(response, DeliveryFailure.BUSY);
            case CONFLICT -> new DeliveryOutcome.Delivered(status); // it knows the id already
            case UNAUTHORIZED -> tokenCanChange ? tryAgain(response, DeliveryFailure.UNAUTHORIZED) : refused(response);
            default -> {
                if (status < FIRST_SUCCESS || status > LAST_STATUS) {
                    yield unexpected("HTTP " + status);
                } else if (status < FIRST_REDIRECTION) {
                    yield new DeliveryOutcome.Delivered(status);
                } else if (status < FIRST_REFUSAL) {
                    yield unexpected("HTTP %d to %s; set API_ENDPOINT to the address that takes activities"
                            .formatted(status, location(response.getHeaderString("Location"))));
                }
                yield status < FIRST_SERVER_ERROR
                        ? refused(response)
                        : tryAgain(response, DeliveryFailure.SERVER_ERROR);
            }
        };
    }

    /** No backend has taken the activity: what stands before it answers, or nothing that speaks HTTP. */
    private static DeliveryOutcome unexpected(String cause) {
        return new DeliveryOutcome.Failed(cause, DeliveryFailure.UNEXPECTED_STATUS, Optional.empty());
    }

    /** Where a redirection leads, without what could be a secret in it. */
    static String location(String header) {
        if (header == null || header.isBlank()) {
            return "no location";
        }
        String address = SECRET_PARTS.matcher(header.strip()).replaceAll("");
        String visible = INVISIBLE.matcher(address).replaceAll("?");
        return visible.length() > LOCATION_LIMIT ? visible.substring(0, LOCATION_LIMIT) + "..." : visible;
    }

    private static DeliveryOutcome refused(Response response) {
        return new DeliveryOutcome.Rejected(response.getStatus(), text(response));
    }

    /** No answer at all. */
    static DeliveryOutcome of(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new DeliveryOutcome.Failed("no answer in time", DeliveryFailure.TIMEOUT, Optional.empty());
        }
        return new DeliveryOutcome.Failed(cause(failure), DeliveryFailure.CONNECTION, Optional.empty());
    }

    private DeliveryOutcome tryAgain(Response response, DeliveryFailure failure) {
        int status = response.getStatus();
        Optional<Duration> after = Optional.ofNullable(response.getHeaderString(HttpHeaderNames.RETRY_AFTER.toString()))
                .flatMap(this::pause);
        return new DeliveryOutcome.Failed("HTTP " + status, failure, after);
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
