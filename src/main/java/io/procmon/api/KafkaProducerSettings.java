package io.procmon.api;

import io.procmon.config.ProcmonConfig;
import io.smallrye.reactive.messaging.ClientCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.eclipse.microprofile.config.Config;

/**
 * What the producer takes from procmon's own keys. It repeats a request by itself for as long as one attempt may take;
 * what comes after that is the courier's, as for any backend.
 */
@ApplicationScoped
class KafkaProducerSettings implements ClientCustomizer<Map<String, Object>> {

    /** How long one record may block the others while nobody knows the topic's partitions. */
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);

    @Inject
    ProcmonConfig config;

    @Override
    public Map<String, Object> customize(String channel, Config channelConfig, Map<String, Object> settings) {
        Duration timeout = config.api().timeout();
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(timeout));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(timeout));
        settings.put(
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                millis(timeout.compareTo(LONGEST_BLOCK) < 0 ? timeout : LONGEST_BLOCK));
        // The connector's own repetitions are off; an idempotent producer insists on its.
        settings.put(ProducerConfig.RETRIES_CONFIG, Integer.toString(Integer.MAX_VALUE));
        return settings;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
