package dev.sluice.ingest.publish;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.http.settings.Heap;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;

/**
 * Writes submissions to the submissions topic with {@code acks=all} and an idempotent producer. A publication takes at most the acknowledgement
 * timeout, including waits for a new producer, memory and metadata; only creating a producer may take longer, if Kafka's host name resolves slowly.
 * Nothing is retried after that. Recovers by itself when Kafka comes back.
 */
public final class KafkaSubmissions implements Submissions, AutoCloseable {

    private final Producers producers;
    private final SubmissionSender sender;
    private final Outage outage = new Outage();
    private final Admission admission = new Admission(System::nanoTime);
    private final TopicWatch watch;

    KafkaSubmissions(String topic, IdBase ids, Duration ackTimeout, Producers producers, TopicWatch watch) {
        this.producers = producers;
        this.sender = new SubmissionSender(topic, ids, ackTimeout, producers);
        this.watch = watch;
    }

    /** Starts connecting and returns at once. */
    public static KafkaSubmissions start(
            Map<String, Object> kafka,
            TopicNames topics,
            IdBase ids,
            Duration ackTimeout,
            Heap heap,
            MeterRegistry registry) {
        Producers producers = Producers.of(ProducerSettings.of(kafka, ackTimeout, heap), ackTimeout, registry);
        TopicWatch watch = new TopicWatch(
                kafka, TopicSettings.submissions(topics, TopicSettings.DEFAULT_PARTITIONS), producers::current);
        watch.start();
        return new KafkaSubmissions(topics.submissions(), ids, ackTimeout, producers, watch);
    }

    /** The checks for a working producer and a usable topic. */
    public List<ReadinessCheck> readiness() {
        return List.of(
                new ReadinessCheck("kafka-producer", producers::state),
                new ReadinessCheck("submissions-topic", watch::state));
    }

    /** Whether the topic exists and is still the same; feeds write to it, too. */
    public boolean hasTopic() {
        return watch.takesSubmissions();
    }

    @Override
    public Publication publish(String caller, Submission submission) {
        if (!admission.begin(caller)) {
            return new Publication.Overload();
        }
        Publication publication = new Publication.Unknown();
        try {
            publication = publishUnlessAway(submission);
            return publication;
        } finally {
            admission.end(caller, publication.isInTheLog());
        }
    }

    @Override
    public void close() {
        watch.close();
        producers.close();
        sender.close();
    }

    private Publication publishUnlessAway(Submission submission) {
        if (!watch.takesSubmissions()) {
            return new Publication.NotSent();
        }
        Optional<Outage.Attempt> begun = outage.begin();
        if (begun.isEmpty()) {
            return new Publication.NotSent();
        }
        try (Outage.Attempt attempt = begun.get()) {
            long deadline = sender.deadline();
            Optional<Producer<byte[], byte[]>> producer = producers.current();
            Publication publication = producer.map(current ->
                            sender.begin(current, submission, deadline).await())
                    .orElseGet(Publication.NotSent::new);
            switch (publication) {
                case Publication.Logged _, Publication.LoggedSomewhere _, Publication.TooLarge _ ->
                    attempt.acknowledged();
                case Publication.NotSent _, Publication.Overload _, Publication.NoRoom _ -> attempt.unanswered();
                case Publication.Unknown _ -> {
                    attempt.unanswered();
                    if (attempt.isProbe()) {
                        producer.ifPresent(this::discardIfOthersGetThrough);
                    }
                }
            }
            return publication;
        }
    }

    // A producer whose thread has died of an Error still accepts records but sends none. The only sign is that Kafka
    // answers others meanwhile; replacing a healthy one does no harm.
    private void discardIfOthersGetThrough(Producer<byte[], byte[]> silent) {
        if (watch.state().ready()) {
            producers.discard(silent, new IllegalStateException("it sends nothing, though Kafka answers"));
        }
    }
}
