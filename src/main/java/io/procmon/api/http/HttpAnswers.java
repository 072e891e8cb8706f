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

/** Translates an HTTP answer, or its absence, into the outcome of a delivery. */
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

    /** The user, the query and the fragment of an address. */
    private static final Pattern SECRET_PARTS = Pattern.compile("(?<=//)[^/?#]*@|[?#].*$", Pattern.DOTALL);

    private static final Pattern INVISIBLE = Pattern.compile("[^\\x21-\\x7e]");
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Clock clock;
    private final boolean tokenCanChange;

    /** @param tokenCanChange whether the token may be replaced while procmon runs; a 401 is then retried */
    HttpAnswers(Clock clock, boolean tokenCanChange) {
        this.clock = clock;
        this.tokenCanChange = tokenCanChange;
    }

    DeliveryOutcome of(Response response) {
        int status = response.getStatus();
        return switch (status) {
            case REQUEST_TIMEOUT, TOO_EARLY, TOO_MANY_REQUESTS, BAD_GATEWAY, UNAVAILABLE, GATEWAY_TIMEOUT ->
                tryAgain(response, DeliveryFailure.BUSY);
            case CONFLICT -> new DeliveryOutcome.Delivered(status); // the backend already has this event id
            case UNAUTHORIZED -> tokenCanChange ? tryAgain(response, DeliveryFailure.UNAUTHORIZED) : refused(response);
            default -> {
                if (status < FIRST_SUCCESS || status > LAST_STATUS) {
                    yield unexpected("HTTP " + status);
                } else if (status < FIRST_REDIRECTION) {
                    yield new DeliveryOutcome.Delivered(status);
                } else if (status < FIRST_REFUSAL) {
                    yield unexpected("HTTP %d to %s; set API_ENDPOINT to the address that accepts activities"
                            .formatted(status, location(response.getHeaderString("Location"))));
                }
                yield status < FIRST_SERVER_ERROR
                        ? refused(response)
                        : tryAgain(response, DeliveryFailure.SERVER_ERROR);
            }
        };
    }

    /** The answer does not come from a backend: a proxy answered, or a server that does not speak HTTP. */
    private static DeliveryOutcome unexpected(String cause) {
        return new DeliveryOutcome.Failed(cause, DeliveryFailure.UNEXPECTED_STATUS, Optional.empty());
    }

    /** The target of a redirection, without parts that could contain a secret. */
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

    /** The outcome of a request without an answer. */
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

    /** Reads Retry-After (RFC 9110, 10.2.3): seconds, or a date. */
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

    /** The root cause of a failure: the client wraps the error of a certificate twice. */
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
