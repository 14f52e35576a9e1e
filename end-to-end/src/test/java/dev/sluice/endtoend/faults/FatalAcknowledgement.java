package dev.sluice.endtoend.faults;

import dev.sluice.test.fault.Interception;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Throws an Error once per process, where the thread of a producer of submissions cannot catch it. Does nothing to other clients, which get the same
 * settings.
 */
public final class FatalAcknowledgement extends Interception {

    static final String REASON = "injected into the producer's thread";

    private static final int AT = 30;
    private static final String CLIENTS = "sluice-ingest-api";
    private static final AtomicInteger ACKNOWLEDGED = new AtomicInteger();

    private boolean ofSubmissions;

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (ofSubmissions && ACKNOWLEDGED.incrementAndGet() == AT) {
            throw new AssertionError(REASON);
        }
    }

    @Override
    public void configure(Map<String, ?> settings) {
        ofSubmissions = String.valueOf(settings.get(CommonClientConfigs.CLIENT_ID_CONFIG))
                .startsWith(CLIENTS);
    }
}
