package io.procmon.api.kafka;

import io.procmon.spool.DeliveryFailure;
import io.procmon.spool.DeliveryOutcome;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.protocol.Errors;

/** What it means for an activity that a Kafka cluster did not take it. */
final class KafkaAnswers {

    private KafkaAnswers() {}

    /** Only what is wrong with the record itself is a refusal: a cluster's setup can be mended while activities wait. */
    static DeliveryOutcome of(Throwable failure) {
        Throwable reason = reason(failure);
        String cause = cause(reason);
        return switch (reason) {
            case RecordTooLargeException _, RecordBatchTooLargeException _, InvalidRecordException _ ->
                new DeliveryOutcome.Rejected(Errors.forException(reason).code(), cause);
            case AuthenticationException _, AuthorizationException _ -> tryAgain(cause, DeliveryFailure.UNAUTHORIZED);
            case TimeoutException _ -> tryAgain(cause, DeliveryFailure.TIMEOUT);
            case RetriableException _ -> tryAgain(cause, DeliveryFailure.BUSY);
            case UnknownServerException _ -> tryAgain(cause, DeliveryFailure.SERVER_ERROR);
            default -> tryAgain(cause, DeliveryFailure.CONNECTION);
        };
    }

    /** Whether the producer may be of no use any more: not if it was only one record's fault, or some replicas'. */
    static boolean mayRuinTheProducer(Throwable failure) {
        return of(failure) instanceof DeliveryOutcome.Failed again && again.failure() != DeliveryFailure.BUSY;
    }

    private static DeliveryOutcome tryAgain(String cause, DeliveryFailure failure) {
        return new DeliveryOutcome.Failed(cause, failure, Optional.empty());
    }

    /** What the client says, below the wrappers of whoever passed it on. */
    private static Throwable reason(Throwable failure) {
        return Stream.iterate(failure, it -> it != null, Throwable::getCause)
                .filter(KafkaException.class::isInstance)
                .findFirst()
                .orElse(failure);
    }

    private static String cause(Throwable reason) {
        Throwable root = reason;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
