package dev.sluice.ingest.publish;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.settings.Heap;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;

/**
 * Writes the submissions of feeds with a separate producer: larger, compressed batches, and memory for which single submissions do not compete. As
 * durable as {@link KafkaSubmissions}; a submission may take three times as long, because many are queued before it.
 */
public final class KafkaFeedSubmissions implements FeedSubmissions, AutoCloseable {

    private static final int TIMES_AS_LONG = 3;

    private final Producers producers;
    private final SubmissionSender sender;

    KafkaFeedSubmissions(String topic, IdBase ids, Duration timeout, Producers producers) {
        this.producers = producers;
        this.sender = new SubmissionSender(topic, ids, timeout, producers);
    }

    /** Connects on first use. */
    public static KafkaFeedSubmissions create(
            Map<String, Object> kafka,
            TopicNames topics,
            IdBase ids,
            Duration ackTimeout,
            Heap heap,
            MeterRegistry registry) {
        Duration timeout = ackTimeout.multipliedBy(TIMES_AS_LONG);
        Producers producers = Producers.of(ProducerSettings.ofFeeds(kafka, timeout, heap), timeout, registry);
        return new KafkaFeedSubmissions(topics.submissions(), ids, timeout, producers);
    }

    /** The maximum number of unacknowledged bytes of all feeds together that fit into the producer's memory. */
    public static long unacknowledgedBytes(Heap heap) {
        return ProducerSettings.buffer(heap) / 2;
    }

    @Override
    public Acknowledgement begin(Submission submission) {
        return sender.begin(submission);
    }

    @Override
    public void close() {
        producers.close();
        sender.close();
    }
}
