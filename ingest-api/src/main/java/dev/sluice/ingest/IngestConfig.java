package dev.sluice.ingest;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.kafka.KafkaSettings;
import dev.sluice.http.settings.Environment;
import dev.sluice.http.settings.Heap;
import dev.sluice.ingest.feed.FeedLimits;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The configuration of ingest-api.
 *
 * @param kafka Kafka's own client properties, including the bootstrap servers
 * @param topics the names of the topics
 * @param partitions the number of partitions of submissions; if empty, that which is found first
 * @param ackTimeout how long Kafka may take to acknowledge a submission: 1 s to 5 min
 * @param ids the base of the log's ids
 * @param feeds the limits of feeds
 * @param heap the heap that memory limits are derived from
 */
public record IngestConfig(
        Map<String, Object> kafka,
        TopicNames topics,
        OptionalInt partitions,
        Duration ackTimeout,
        IdBase ids,
        FeedLimits feeds,
        Heap heap) {

    /** Ten seconds. */
    public static final Duration DEFAULT_ACK_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    public IngestConfig {
        kafka = Map.copyOf(kafka);
        if (!kafka.containsKey("bootstrap.servers")) {
            throw new IllegalArgumentException("kafka has no bootstrap.servers");
        }
        if (ackTimeout.compareTo(SHORTEST) < 0 || ackTimeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("ackTimeout is " + ackTimeout + ": expected 1 s to 5 min");
        }
    }

    /** Accepts any number of partitions, and uses the default limits of feeds and all of the process's heap. */
    public IngestConfig(Map<String, Object> kafka, TopicNames topics, Duration ackTimeout, IdBase ids) {
        this(
                kafka,
                topics,
                OptionalInt.empty(),
                ackTimeout,
                ids,
                FeedLimits.defaults(Heap.ofProcess()),
                Heap.ofProcess());
    }

    /** Uses the default timeout. */
    public static IngestConfig of(Map<String, Object> kafka, TopicNames topics) {
        return new IngestConfig(kafka, topics, DEFAULT_ACK_TIMEOUT, IdBase.NONE);
    }

    /** Returns this configuration with another base of ids. */
    public IngestConfig withIds(IdBase ids) {
        return new IngestConfig(kafka, topics, partitions, ackTimeout, ids, feeds, heap);
    }

    /** Returns this configuration with another heap and the default limits of feeds for it. */
    public IngestConfig withHeap(Heap heap) {
        return new IngestConfig(kafka, topics, partitions, ackTimeout, ids, FeedLimits.defaults(heap), heap);
    }

    /** Reads SLUICE_KAFKA, SLUICE_ACK_TIMEOUT and the other settings. */
    public static IngestConfig of(Environment environment) {
        Heap heap = Heap.ofProcess();
        return new IngestConfig(
                KafkaSettings.properties(environment),
                KafkaSettings.topics(environment),
                OptionalInt.of(KafkaSettings.partitions(environment)),
                environment.duration("SLUICE_ACK_TIMEOUT", DEFAULT_ACK_TIMEOUT, SHORTEST, LONGEST),
                KafkaSettings.ids(environment),
                FeedLimits.of(environment, heap),
                heap);
    }
}
