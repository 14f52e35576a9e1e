package dev.sluice.ingest.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Uses Kafka's own mock producer, because a healthy broker cannot cause these errors. */
class KafkaSubmissionsTest {

    private static final Submission SUBMISSION = new Submission(7, "{}".getBytes(UTF_8), new RecordHeaders());
    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(1);

    private final List<MockProducer<byte[], byte[]>> made = new ArrayList<>();
    private boolean acknowledgesAtOnce;
    private final Producers producers = new Producers(this::make, ACK_TIMEOUT, new SimpleMeterRegistry());
    private final KafkaSubmissions submissions = new KafkaSubmissions(
            "submissions",
            IdBase.NONE,
            ACK_TIMEOUT,
            producers,
            new TopicWatch(
                    Map.of("bootstrap.servers", "localhost:1"),
                    TopicSettings.submissions(TopicNames.DEFAULT, 1),
                    () -> {}));

    @Test
    void givesTheRecordsPlaceAsId() {
        acknowledgesAtOnce = true;

        assertThat(submissions.publish("token", SUBMISSION))
                .isInstanceOfSatisfying(
                        Publication.Logged.class,
                        logged -> assertThat(logged.id()).isEqualTo(new SubmissionId(0, 0)));
    }

    @Test
    void doesNotKnowWhatBecameOfARecordThatWasHandedOver() throws Exception {
        assertThat(outcomeOf(null)).isEqualTo(new Publication.Unknown());
        assertThat(outcomeOf(new TimeoutException("Expiring 1 record"))).isEqualTo(new Publication.Unknown());
    }

    @Test
    void doesNotKnowWhetherTheLogHasWhatTheProducerMayNotWriteAnyMore() throws Exception {
        assertThat(outcomeOf(new TopicAuthorizationException("submissions"))).isEqualTo(new Publication.Unknown());
    }

    @Test
    void knowsThatTheLogDoesNotTakeTheRecord() throws Exception {
        assertThat(outcomeOf(new RecordTooLargeException("too large"))).isEqualTo(new Publication.TooLarge());
    }

    @Test
    void replacesAProducerThatFailedForGood() throws Exception {
        assertThat(outcomeOf(new OutOfOrderSequenceException("lost"))).isEqualTo(new Publication.Unknown());
        assertThat(producers.state().ready()).isFalse();
        assertThat(producers.state().detail()).contains("lost");
        acknowledgesAtOnce = true;

        await().atMost(Duration.ofSeconds(5))
                .until(() -> submissions.publish("token", SUBMISSION) instanceof Publication.Logged);

        assertThat(made).hasSize(2);
        await().until(() -> made.getFirst().closed());
        assertThat(producers.state().ready()).isTrue();
    }

    private Publication outcomeOf(@Nullable RuntimeException failure) throws Exception {
        CompletableFuture<Publication> publication =
                CompletableFuture.supplyAsync(() -> submissions.publish("token", SUBMISSION));
        await().until(() -> !made.isEmpty() && !made.getLast().history().isEmpty());
        if (failure != null) {
            await().until(() -> made.getLast().errorNext(failure));
        }
        Publication outcome = publication.get();
        made.getLast().clear();
        return outcome;
    }

    private MockProducer<byte[], byte[]> make() {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(acknowledgesAtOnce, null, new ByteArraySerializer(), new ByteArraySerializer());
        made.add(producer);
        return producer;
    }
}
