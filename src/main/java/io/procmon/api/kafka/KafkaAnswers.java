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

/** Translates an error of a Kafka cluster into the outcome of a delivery. */
final class KafkaAnswers {

    private KafkaAnswers() {}

    /**
     * The outcome of a failed send. Only an error in the record itself rejects it; an error in the cluster's setup can
     * be corrected while activities wait.
     */
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

    /**
     * Whether the producer may be unusable after this failure. An error of one record or of some replicas does not
     * affect it.
     */
    static boolean mayRuinTheProducer(Throwable failure) {
        return of(failure) instanceof DeliveryOutcome.Failed again && again.failure() != DeliveryFailure.BUSY;
    }

    private static DeliveryOutcome tryAgain(String cause, DeliveryFailure failure) {
        return new DeliveryOutcome.Failed(cause, failure, Optional.empty());
    }

    /** The error of the Kafka client, without the exceptions that wrap it. */
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
