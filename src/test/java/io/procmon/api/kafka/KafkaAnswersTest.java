package io.procmon.api.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.spool.DeliveryFailure;
import io.procmon.spool.DeliveryOutcome;
import java.util.List;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.junit.jupiter.api.Test;

/** Errors of a Kafka cluster and the outcomes of the deliveries. */
class KafkaAnswersTest {

    @Test
    void onlyWhatIsWrongWithTheRecordItself_isRefused() {
        assertThat(KafkaAnswers.of(new RecordTooLargeException("too large")))
                .isEqualTo(new DeliveryOutcome.Rejected(10, "RecordTooLargeException: too large"));
        assertThat(KafkaAnswers.of(new InvalidRecordException("no key")))
                .isEqualTo(new DeliveryOutcome.Rejected(87, "InvalidRecordException: no key"));
    }

    @Test
    void whatIsWrongWithTheCluster_isTriedAgain_underItsName() {
        assertThat(List.of(
                        new TimeoutException(),
                        new NotEnoughReplicasException("1 of 2"),
                        new SaslAuthenticationException("who?"),
                        new TopicAuthorizationException("activities"),
                        new UnknownServerException(),
                        new KafkaException("no producer", new ConfigException("no address"))))
                .extracting(KafkaAnswersTest::failure)
                .containsExactly(
                        DeliveryFailure.TIMEOUT,
                        DeliveryFailure.BUSY,
                        DeliveryFailure.UNAUTHORIZED,
                        DeliveryFailure.UNAUTHORIZED,
                        DeliveryFailure.SERVER_ERROR,
                        DeliveryFailure.CONNECTION);
    }

    @Test
    void whatTheClientSays_isFoundBelowItsWrappers() {
        RuntimeException wrapped = new IllegalStateException("passed on", new RecordTooLargeException("too large"));

        assertThat(KafkaAnswers.of(wrapped)).isInstanceOf(DeliveryOutcome.Rejected.class);
    }

    @Test
    void errorOfANewerCluster_isNoRefusal() {
        assertThat(failure(new ApiException("never heard of"))).isEqualTo(DeliveryFailure.CONNECTION);
    }

    private static DeliveryFailure failure(Throwable failure) {
        return ((DeliveryOutcome.Failed) KafkaAnswers.of(failure)).failure();
    }
}
