package dev.sluice.processor.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** Several threads share one producer. */
class AcknowledgedSendsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<ProducerRecord<byte[], byte[]>> RECORDS =
            List.of(new ProducerRecord<>("topic", new byte[0]));

    private final List<MockProducer<byte[], byte[]>> made = new CopyOnWriteArrayList<>();
    private final DefaultKafkaProducerFactory<byte[], byte[]> producers = new DefaultKafkaProducerFactory<>(Map.of()) {
        @Override
        protected Producer<byte[], byte[]> createRawProducer(Map<String, Object> settings) {
            MockProducer<byte[], byte[]> producer =
                    new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
            made.add(producer);
            return producer;
        }
    };
    private final AcknowledgedSends sends = new AcknowledgedSends(producers, PATIENCE);

    @Test
    void keepTheProducerOfTheOthersWhenATopicIsDenied() {
        CompletableFuture<Void> denied = send(1);
        CompletableFuture<Void> other = send(2);

        made.getFirst().errorNext(new TopicAuthorizationException("dead-letters"));

        assertThatThrownBy(denied::join).hasCauseInstanceOf(TopicAuthorizationException.class);
        assertThat(made.getFirst().closed()).isFalse();
        made.getFirst().completeNext();
        assertThat(other).succeedsWithin(PATIENCE);
    }

    @Test
    void replaceAProducerOnceThoughSeveralFindItBroken() {
        CompletableFuture<Void> first = send(1);
        CompletableFuture<Void> second = send(2);
        MockProducer<byte[], byte[]> broken = made.getFirst();
        broken.errorNext(new OutOfOrderSequenceException("broken"));
        assertThatThrownBy(first::join).hasCauseInstanceOf(OutOfOrderSequenceException.class);
        assertThat(broken.closed()).isTrue();
        CompletableFuture<Void> third = send(1);

        broken.errorNext(new OutOfOrderSequenceException("broken"));

        assertThatThrownBy(second::join).hasCauseInstanceOf(OutOfOrderSequenceException.class);
        assertThat(made).hasSize(2);
        assertThat(made.getLast().closed()).isFalse();
        made.getLast().completeNext();
        assertThat(third).succeedsWithin(PATIENCE);
    }

    @Test
    void replaceAProducerThatTakesNoMoreRecords() {
        KafkaException failed = new KafkaException("in an error state");
        MockProducer<byte[], byte[]> broken = idle();
        broken.sendException = failed;

        assertThatThrownBy(() -> sends.send(RECORDS)).isSameAs(failed);

        assertThat(broken.closed()).isTrue();
        CompletableFuture<Void> next = send(1);
        assertThat(made).hasSize(2);
        made.getLast().completeNext();
        assertThat(next).succeedsWithin(PATIENCE);
    }

    @Test
    void keepAProducerWhoseUserIsInterrupted() {
        MockProducer<byte[], byte[]> producer = idle();
        InterruptException interrupted = new InterruptException("while waiting for the topic");
        producer.sendException = interrupted;

        assertThatThrownBy(() -> sends.send(RECORDS)).isSameAs(interrupted);

        // Its constructor has interrupted this thread.
        assertThat(Thread.interrupted()).isTrue();
        assertThat(producer.closed()).isFalse();
    }

    @Test
    void replaceAProducerThatAcknowledgesNothingInTime() {
        AcknowledgedSends impatient = new AcknowledgedSends(producers, Duration.ofMillis(10));

        assertThatThrownBy(() -> impatient.send(RECORDS)).isInstanceOf(TimeoutException.class);

        assertThat(made.getFirst().closed()).isTrue();
        assertThatThrownBy(() -> impatient.send(RECORDS)).isInstanceOf(TimeoutException.class);
        assertThat(made).hasSize(2);
    }

    /** Consumers get outcomes in log order, also if the first attempt fails. */
    @Test
    void sendNothingBehindARecordThatCannotBeSent() {
        MockProducer<byte[], byte[]> producer = idle();
        int before = producer.history().size();
        InterruptException interrupted = new InterruptException("while waiting for the topic");
        List<ProducerRecord<byte[], byte[]>> records = new AbstractList<>() {
            @Override
            public ProducerRecord<byte[], byte[]> get(int index) {
                producer.sendException = index == 0 ? interrupted : null;
                return new ProducerRecord<>("topic", new byte[0]);
            }

            @Override
            public int size() {
                return 2;
            }
        };

        assertThatThrownBy(() -> sends.send(records)).isSameAs(interrupted);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(producer.history()).hasSize(before);
    }

    /** A producer that is closed still sends what it has, perhaps after what its successor sends. */
    @Test
    void giveNoRecordToTheSuccessorOfTheProducerThatHasThoseBefore() {
        CompletableFuture<Void> failing = send(1);
        MockProducer<byte[], byte[]> broken = made.getFirst();
        List<ProducerRecord<byte[], byte[]>> records = new AbstractList<>() {
            @Override
            public ProducerRecord<byte[], byte[]> get(int index) {
                if (index == 1) {
                    broken.errorNext(new OutOfOrderSequenceException("broken"));
                    assertThatThrownBy(failing::join).hasCauseInstanceOf(OutOfOrderSequenceException.class);
                }
                return new ProducerRecord<>("topic", new byte[0]);
            }

            @Override
            public int size() {
                return 2;
            }
        };

        assertThatThrownBy(() -> sends.send(records)).isInstanceOf(KafkaException.class);

        assertThat(made.stream().skip(1))
                .allSatisfy(successor -> assertThat(successor.history()).isEmpty());
    }

    /** The producer in use, which has nothing left to acknowledge. */
    private MockProducer<byte[], byte[]> idle() {
        CompletableFuture<Void> before = send(1);
        MockProducer<byte[], byte[]> producer = made.getLast();
        producer.completeNext();
        assertThat(before).succeedsWithin(PATIENCE);
        return producer;
    }

    /** Returns once the latest producer has this many records in all. */
    private CompletableFuture<Void> send(int records) {
        CompletableFuture<Void> sent =
                CompletableFuture.runAsync(() -> sends.send(RECORDS), Thread::startVirtualThread);
        await().until(() -> !made.isEmpty()
                && made.getLast().history().size() == records
                && !made.getLast().closed());
        return sent;
    }
}
