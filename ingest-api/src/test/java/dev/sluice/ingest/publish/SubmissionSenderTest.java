package dev.sluice.ingest.publish;

import static dev.sluice.test.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.test.ConcurrentTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;

/** Uses Kafka's own mock producer, because a healthy broker cannot cause these errors. */
class SubmissionSenderTest {

    private static final Submission SUBMISSION = new Submission(7, "{}".getBytes(UTF_8), new RecordHeaders());
    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(1);
    // What waits in the pool of the JDK would hold up the other tests.
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private final List<MockProducer<byte[], byte[]>> made = new CopyOnWriteArrayList<>();
    private Consumer<MockProducer<byte[], byte[]>> during = _ -> {};
    private boolean acknowledgesAtOnce;
    private final Producers producers = new Producers(this::make, ACK_TIMEOUT, new SimpleMeterRegistry());
    private boolean kafkaAnswers;
    private volatile OptionalInt partitions = OptionalInt.of(1);
    private final List<String> doubts = new CopyOnWriteArrayList<>();
    private final LogEnds ends = new LogEnds(sign -> {
        doubts.add(sign);
        partitions = OptionalInt.empty();
    });
    private final SubmissionSender sender = sender(ACK_TIMEOUT);
    // For failures, which must come before the time is over.
    private final SubmissionSender patientSender = sender(PATIENCE);

    private SubmissionSender sender(Duration timeout) {
        return new SubmissionSender(
                "submissions", IdBase.NONE, timeout, producers, _ -> kafkaAnswers, () -> partitions, ends);
    }

    @AfterEach
    void close() {
        sender.close();
        patientSender.close();
    }

    @ConcurrentTest
    void givesTheRecordsPlaceAsId() {
        acknowledgesAtOnce = true;

        assertThat(publish())
                .isInstanceOfSatisfying(
                        Publication.Logged.class,
                        logged -> assertThat(logged.id()).isEqualTo(new SubmissionId(0, 0)));
    }

    @ConcurrentTest
    void givesNoIdInATopicThatIsUnfitByNow() {
        Acknowledgement waiting = beginPatiently();
        partitions = OptionalInt.empty();
        made.getLast().completeNext();

        assertThat(waiting.await()).isEqualTo(new Publication.Unknown());
        assertThat(publish()).isEqualTo(new Publication.NotSent());
    }

    @ConcurrentTest
    void givesNoIdThatIsBeforeWhatWasAcknowledgedBeforeTheRecordWasSent() {
        acknowledgesAtOnce = true;
        assertThat(publish()).isInstanceOf(Publication.Logged.class);
        assertThat(publish()).isInstanceOf(Publication.Logged.class);
        assertThat(doubts).isEmpty();
        producers.discard(made.getLast(), new KafkaException("its topic is made anew"));
        await().until(() -> producers.current().isPresent());

        // The mock begins at offset 0 again.
        assertThat(publish()).isEqualTo(new Publication.Unknown());

        assertThat(doubts).containsExactly("a record for partition 0 from offset 2 on got offset 0 of partition 0");
    }

    @ConcurrentTest
    void givesNoIdInABatchThatBeginsBeforeTheEndWhicheverOfItsRecordsIsLookedAtFirst() {
        ends.reaches(0, 1);
        Acknowledgement before = beginPatiently();
        Acknowledgement after = beginPatiently();
        made.getLast().completeNext();
        made.getLast().completeNext();

        assertThat(after.await()).isEqualTo(new Publication.Unknown());
        assertThat(before.await()).isEqualTo(new Publication.Unknown());

        assertThat(doubts).hasSize(1);
    }

    @ConcurrentTest
    void doubtsTheLogByARecordThatHasBeenGivenUp() {
        ends.reaches(0, 1);
        assertThat(publish()).isEqualTo(new Publication.Unknown());
        assertThat(doubts).isEmpty();

        made.getLast().completeNext();

        assertThat(doubts).hasSize(1);
    }

    @ConcurrentTest
    void learnsNothingOfTheLogFromAnAcknowledgementThatIsLookedAtLate() {
        Acknowledgement waiting = beginPatiently();
        made.getLast().completeNext();
        ends.forget();

        assertThat(waiting.await()).isInstanceOf(Publication.Logged.class);

        assertThat(ends.expected(SUBMISSION.key(), 1).offset()).isZero();
    }

    @ConcurrentTest
    void givesNoIdToWhatWasAcknowledgedWhileTheTopicWasUnfit() {
        Acknowledgement waiting = beginPatiently();
        partitions = OptionalInt.empty();
        made.getLast().completeNext();
        partitions = OptionalInt.of(1);

        assertThat(waiting.await()).isEqualTo(new Publication.Unknown());

        assertThat(ends.expected(SUBMISSION.key(), 1).offset()).isZero();
    }

    @ConcurrentTest
    void givesIdsInWhateverOrderTheAcknowledgementsAreLookedAt() {
        Acknowledgement first = begin();
        Acknowledgement second = begin();
        made.getLast().completeNext();
        made.getLast().completeNext();

        assertThat(second.await()).isInstanceOf(Publication.Logged.class);
        ends.reaches(0, 10);
        assertThat(first.await()).isInstanceOf(Publication.Logged.class);

        assertThat(doubts).isEmpty();
    }

    @ConcurrentTest
    void givesNoIdInAnotherPartitionThanTheProjects() {
        partitions = OptionalInt.of(2);
        acknowledgesAtOnce = true;
        long elsewhere = LongStream.iterate(1, project -> project + 1)
                .filter(project -> ProjectKey.partition(project, 2) == 1)
                .findFirst()
                .orElseThrow();

        // The mock has one partition.
        assertThat(sender.begin(new Submission(elsewhere, "{}".getBytes(UTF_8), new RecordHeaders()), System.nanoTime())
                        .await())
                .isEqualTo(new Publication.Unknown());

        assertThat(doubts).hasSize(1);
    }

    @ConcurrentTest
    void doesNotKnowWhatBecameOfARecordThatWasHandedOver() {
        assertThat(outcomeOf(new TimeoutException("Expiring 1 record"))).isEqualTo(new Publication.Unknown());
        assertThat(publish()).isEqualTo(new Publication.Unknown());
    }

    @ConcurrentTest
    void saysThatItWasInterruptedBecauseThatSaysNothingAboutKafka() {
        Acknowledgement waiting = beginPatiently();
        Thread.currentThread().interrupt();

        assertThat(waiting.await()).isEqualTo(new Publication.Unknown());

        assertThat(Thread.interrupted()).isTrue();
    }

    @ConcurrentTest
    void keepsAProducerThatMayNotWriteAnyMoreButDoesNotKnowWhetherTheLogHasTheRecord() {
        assertThat(outcomeOf(new TopicAuthorizationException("submissions"))).isEqualTo(new Publication.Unknown());

        assertThat(producers.state().ready()).isTrue();
    }

    @ConcurrentTest
    void knowsThatTheLogDoesNotTakeTheRecord() {
        assertThat(outcomeOf(new RecordTooLargeException("too large"))).isEqualTo(new Publication.TooLarge());
    }

    @ConcurrentTest
    void replacesAProducerThatFailedForGood() {
        assertThat(outcomeOf(new OutOfOrderSequenceException("lost"))).isEqualTo(new Publication.Unknown());
        assertThat(producers.state().ready()).isFalse();
        assertThat(producers.state().detail()).contains("lost");
        acknowledgesAtOnce = true;

        await().atMost(Duration.ofSeconds(5)).until(() -> publish() instanceof Publication.Logged);

        assertThat(made).hasSize(2);
        await().until(() -> made.getFirst().closed());
        assertThat(producers.state().ready()).isTrue();
    }

    /** The sign that its thread has died of an error. */
    @ConcurrentTest
    void replacesAProducerThatSendsNothingThoughKafkaAnswersOthers() {
        assertThat(publish()).isEqualTo(new Publication.Unknown());
        assertThat(producers.state().ready()).isTrue();
        kafkaAnswers = true;

        assertThat(publish()).isEqualTo(new Publication.Unknown());

        assertThat(producers.state().ready()).isFalse();
        assertThat(producers.state().detail()).contains("nothing of it was acknowledged for 1 s");
    }

    @ConcurrentTest
    void replacesTheSilentProducerOfAFeedToo() {
        kafkaAnswers = true;

        assertThat(sender.ofFeed().begin(SUBMISSION).await()).isEqualTo(new Publication.Unknown());

        assertThat(producers.state().ready()).isFalse();
    }

    @ConcurrentTest
    void keepsAProducerThatSendsWhileOneSubmissionWaits() {
        kafkaAnswers = true;
        Acknowledgement waiting = begin();
        Acknowledgement other = begin();
        made.getLast().completeNext();

        assertThat(waiting.await()).isInstanceOf(Publication.Logged.class);
        assertThat(other.await()).isEqualTo(new Publication.Unknown());

        assertThat(producers.state().ready()).isTrue();
    }

    /** What the discarded one has yet to send would follow what its successor sends. */
    @ConcurrentTest
    void sendsNothingMoreOfAFeedWhoseProducerWasReplaced() {
        acknowledgesAtOnce = true;
        FeedSubmissions feed = sender.ofFeed();
        FeedSubmissions later = sender.ofFeed();
        assertThat(feed.begin(SUBMISSION).await()).isInstanceOf(Publication.Logged.class);

        // The successor, a mock too, begins at offset 0 again.
        ends.forget();
        producers.discard(made.getFirst(), new IllegalStateException("lost"));
        await().atMost(Duration.ofSeconds(5)).until(() -> producers.current().isPresent());

        assertThat(feed.begin(SUBMISSION).await()).isEqualTo(new Publication.NotSent());
        assertThat(later.begin(SUBMISSION).await()).isInstanceOf(Publication.Logged.class);
    }

    /** The producer may send it nevertheless in the same pass. */
    @ConcurrentTest
    void doesNotKnowWhatBecameOfARecordThatFailedBeforeSendReturned() {
        during = producer -> fail(producer, new TimeoutException("Expiring 1 record"));

        assertThat(publish()).isEqualTo(new Publication.Unknown());
    }

    @ConcurrentTest
    void knowsThatARecordThatSendRefusedWasNotSent() {
        during = producer -> producer.errorNext(new TimeoutException("no metadata"));

        assertThat(publish()).isEqualTo(new Publication.NotSent());
    }

    @ConcurrentTest
    void doesNotKnowWhatBecameOfARecordWhenAFailedProducerThrows() {
        during = _ -> {
            throw new KafkaException("in an error state");
        };

        assertThat(publish()).isEqualTo(new Publication.Unknown());
        assertThat(producers.state().ready()).isFalse();
    }

    /** Kafka's client checks the state of its transactions again after it has taken the record. */
    @ConcurrentTest
    void doesNotKnowWhatBecameOfARecordWhenAProducerThrowsForItsState() {
        during = _ -> {
            throw new IllegalStateException("Cannot perform operation after producer has been closed");
        };

        assertThat(publish()).isEqualTo(new Publication.Unknown());
        assertThat(producers.state().ready()).isFalse();
    }

    /** Its producer lives: it knew itself that its time was over. */
    @ConcurrentTest
    void keepsTheProducerOfAFeedThatGivesALineUp() {
        kafkaAnswers = true;
        Acknowledgement waiting = sender.ofFeed(Duration.ofSeconds(10)).begin(SUBMISSION);
        expireIn(ACK_TIMEOUT.plusSeconds(1));

        assertThat(waiting.await()).isEqualTo(new Publication.Unknown());
        assertThat(producers.state().ready()).isTrue();
    }

    /** A record expires as long after it was handed over as any other. */
    @ConcurrentTest
    void keepsTheProducerOfAFeedThatGivesALineUpForWhichItHadToWait() {
        kafkaAnswers = true;
        during = _ -> new CompletableFuture<Void>()
                .completeOnTimeout(null, 3, TimeUnit.SECONDS)
                .join();
        Acknowledgement waiting = sender.ofFeed().begin(SUBMISSION);
        expireIn(Duration.ofMillis(500));

        assertThat(waiting.await()).isEqualTo(new Publication.Unknown());
        assertThat(producers.state().ready()).isTrue();
    }

    private void expireIn(Duration delay) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, THREADS)
                .execute(() -> made.getLast().errorNext(new TimeoutException("Expiring 1 record")));
    }

    private Publication outcomeOf(RuntimeException failure) {
        Acknowledgement waiting = beginPatiently();
        fail(made.getLast(), failure);
        return waiting.await();
    }

    /** As producers do, on another thread than the one that sends. */
    private static void fail(MockProducer<byte[], byte[]> producer, RuntimeException failure) {
        CompletableFuture.runAsync(() -> producer.errorNext(failure), THREADS).join();
    }

    private Publication publish() {
        return begin().await();
    }

    private Acknowledgement begin() {
        return sender.begin(SUBMISSION, System.nanoTime());
    }

    private Acknowledgement beginPatiently() {
        return patientSender.begin(SUBMISSION, System.nanoTime());
    }

    private MockProducer<byte[], byte[]> make() {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(acknowledgesAtOnce, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    // While it holds the lock, no other thread could fail the record.
                    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
                    @Override
                    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                        Future<RecordMetadata> sent = super.send(record, callback);
                        during.accept(this);
                        return sent;
                    }
                };
        made.add(producer);
        return producer;
    }
}
