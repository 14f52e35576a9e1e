package dev.sluice.ingest;

import dev.sluice.ingest.feed.FeedLimits;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.Heap;
import java.time.Duration;

/**
 * The configuration of ingest-api: where submissions go, how long Kafka may take to acknowledge one, and the limits of memory, which follow from the
 * heap.
 */
public record IngestConfig(KafkaLog log, Duration ackTimeout, FeedLimits feeds, Heap heap) {

    public static final Duration DEFAULT_ACK_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    public IngestConfig {
        if (ackTimeout.compareTo(SHORTEST) < 0 || ackTimeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("ackTimeout is " + ackTimeout + ": expected 1 s to 5 min");
        }
    }

    /** Uses the default timeout, the default limits of feeds and all of the process's heap. */
    public static IngestConfig of(KafkaLog log) {
        Heap heap = Heap.ofProcess();
        return new IngestConfig(log, DEFAULT_ACK_TIMEOUT, FeedLimits.defaults(heap), heap);
    }

    public IngestConfig withAckTimeout(Duration ackTimeout) {
        return new IngestConfig(log, ackTimeout, feeds, heap);
    }

    /** Returns this configuration with another heap and the default limits of feeds for it. */
    public IngestConfig withHeap(Heap heap) {
        return new IngestConfig(log, ackTimeout, FeedLimits.defaults(heap), heap);
    }

    /** Reads SLUICE_KAFKA, SLUICE_ACK_TIMEOUT and the other settings. */
    public static IngestConfig of(Environment environment) {
        Heap heap = Heap.ofProcess();
        return new IngestConfig(
                KafkaLog.of(environment),
                environment.duration("SLUICE_ACK_TIMEOUT", DEFAULT_ACK_TIMEOUT, SHORTEST, LONGEST),
                FeedLimits.of(environment, heap),
                heap);
    }
}
