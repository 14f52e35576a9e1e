package dev.sluice.ingest.publish;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.service.process.Closing;
import dev.sluice.service.settings.Heap;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Writes submissions to the submissions topic with {@code acks=all} and an idempotent producer. A publication takes at most the acknowledgement
 * timeout, including waits for a new producer, memory and metadata; only creating a producer may take longer, if Kafka's host name resolves slowly.
 * Nothing is retried after that. Recovers by itself when Kafka comes back.
 *
 * <p>Feeds have a separate producer: larger, compressed batches, and memory for which single submissions do not compete. Their
 * lines are just as durable. Many are queued before each, so one may take three times the acknowledgement timeout, counted from when the producer
 * accepted it, and 2 s more if the producer does not respond.
 */
public final class KafkaSubmissions implements Submissions, AutoCloseable {

    private static final int TIMES_AS_LONG = 3;

    private final SubmissionSender sender;
    private final SubmissionSender feedSender;
    private final TopicWatch watch;
    private final BooleanSupplier hasRoom;

    // One for each partition: one that has no leader must not keep submissions from the others.
    private final List<Outage> outages = Stream.generate(() -> new Outage(System::nanoTime))
            .limit(SubmissionId.MAX_PARTITIONS)
            .toList();

    private final Admission admission = new Admission(System::nanoTime);

    private KafkaSubmissions(
            SubmissionSender sender, SubmissionSender feedSender, TopicWatch watch, BooleanSupplier hasRoom) {
        this.sender = sender;
        this.feedSender = feedSender;
        this.watch = watch;
        this.hasRoom = hasRoom;
    }

    /**
     * Starts connecting and returns at once; the producer of feeds connects on first use.
     *
     * @param hasRoom whether the log has room for more, where that can be known; called for each submission
     */
    public static KafkaSubmissions start(
            KafkaLog log, Duration ackTimeout, Heap heap, BooleanSupplier hasRoom, MeterRegistry registry) {
        Duration feedTimeout = ackTimeout.multipliedBy(TIMES_AS_LONG);
        Producers producers = Producers.of(ProducerSettings.of(log.kafka(), ackTimeout, heap), ackTimeout, registry);
        Producers ofFeeds =
                Producers.of(ProducerSettings.ofFeeds(log.kafka(), feedTimeout, heap), feedTimeout, registry);
        TopicWatch watch = new TopicWatch(log, producers::current);
        watch.start();
        String topic = log.topics().submissions();
        return new KafkaSubmissions(
                new SubmissionSender(
                        topic,
                        log.ids(),
                        ackTimeout,
                        producers,
                        watch::hasBeenWellSince,
                        watch::partitions,
                        watch.ends()),
                new SubmissionSender(
                        topic,
                        log.ids(),
                        feedTimeout,
                        ofFeeds,
                        watch::hasBeenWellSince,
                        watch::partitions,
                        watch.ends()),
                watch,
                hasRoom);
    }

    /** The maximum number of unacknowledged bytes of all feeds together that fit into their producer's memory. */
    public static long unacknowledgedBytes(Heap heap) {
        return ProducerSettings.buffer(heap) / 2;
    }

    public List<ReadinessCheck> readiness() {
        return List.of(
                new ReadinessCheck("kafka-producer", sender::state),
                new ReadinessCheck("submissions-topic", watch::state));
    }

    public FeedSubmissions ofFeed() {
        FeedSubmissions feed = feedSender.ofFeed();
        return submission ->
                hasRoom.getAsBoolean() ? feed.begin(submission) : Acknowledgement.of(new Publication.NoRoom());
    }

    @Override
    public Publication publish(String caller, Submission submission) {
        if (!hasRoom.getAsBoolean()) {
            return new Publication.NoRoom();
        }
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
        // First, because closing the watch interrupts it, perhaps while it makes a producer.
        Closing.together(sender::close, feedSender::close);
        watch.close();
    }

    private Publication publishUnlessAway(Submission submission) {
        OptionalInt partitions = watch.partitions();
        if (partitions.isEmpty()) {
            return new Publication.NotSent();
        }
        Outage outage = outages.get(ProjectKey.partition(submission.key(), partitions.getAsInt()));
        if (!outage.begin()) {
            return new Publication.NotSent();
        }
        try {
            long begun = System.nanoTime();
            Publication publication = sender.begin(submission, begun).await();
            // An interrupted wait says nothing about Kafka.
            if (!Thread.currentThread().isInterrupted()) {
                outage.after(publication, begun);
            }
            return publication;
        } finally {
            outage.end();
        }
    }
}
