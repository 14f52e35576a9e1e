package dev.sluice.ingest.publish;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.observe.ReadinessCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes submissions to the submissions topic with acks=all and an idempotent producer. A publication takes at most the acknowledgement
 * timeout, waiting for memory and metadata counted in; nothing is retried after that. Gets well by itself when Kafka comes back.
 */
public final class KafkaSubmissions implements Submissions, AutoCloseable {

    private final Producers producers;
    private final SubmissionSender sender;
    private final Outage outage = new Outage();
    private final TopicWatch watch;

    KafkaSubmissions(String topic, Duration ackTimeout, Producers producers, TopicWatch watch) {
        this.producers = producers;
        this.sender = new SubmissionSender(topic, ackTimeout, producers);
        this.watch = watch;
    }

    /** Starts connecting and returns at once. */
    public static KafkaSubmissions start(
            Map<String, Object> kafka, TopicNames topics, Duration ackTimeout, MeterRegistry registry) {
        Producers producers = Producers.of(ProducerSettings.of(kafka, ackTimeout), ackTimeout, registry);
        TopicWatch watch = new TopicWatch(kafka, topics.submissions(), producers::current);
        watch.start();
        return new KafkaSubmissions(topics.submissions(), ackTimeout, producers, watch);
    }

    /** Whether there is a working producer, and a topic that suits. */
    public List<ReadinessCheck> readiness() {
        return List.of(
                new ReadinessCheck("kafka-producer", producers::state),
                new ReadinessCheck("submissions-topic", watch::state));
    }

    @Override
    public Publication publish(Submission submission) {
        Optional<Outage.Attempt> admitted = outage.begin();
        if (admitted.isEmpty()) {
            return new Publication.NotSent();
        }
        try (Outage.Attempt attempt = admitted.get()) {
            Publication publication = sender.begin(submission).await();
            switch (publication) {
                case Publication.Logged _, Publication.LoggedSomewhere _, Publication.TooLarge _ ->
                    attempt.acknowledged();
                case Publication.NotSent _, Publication.Unknown _ -> attempt.unanswered();
            }
            return publication;
        }
    }

    @Override
    public void close() {
        watch.close();
        producers.close();
    }
}
