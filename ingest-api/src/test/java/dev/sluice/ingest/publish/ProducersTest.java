package dev.sluice.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ProducersTest {

    private final MockProducer<byte[], byte[]> made =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final CountDownLatch making = new CountDownLatch(1);
    private final CountDownLatch resolved = new CountDownLatch(1);

    @Test
    void letsNobodyWaitLongForTheProducerThatSomebodyElseMakes() throws Exception {
        try (Producers producers = new Producers(this::make, Duration.ofSeconds(1), new SimpleMeterRegistry())) {
            FutureTask<Optional<Producer<byte[], byte[]>>> first = new FutureTask<>(producers::current);
            FutureTask<Optional<Producer<byte[], byte[]>>> second = new FutureTask<>(producers::current);
            Thread.ofVirtual().start(first);
            assertThat(making.await(10, TimeUnit.SECONDS)).isTrue();
            try {
                Thread.ofVirtual().start(second);

                assertThat(second.get(10, TimeUnit.SECONDS)).isEmpty();
            } finally {
                resolved.countDown();
            }
            assertThat(first.get(10, TimeUnit.SECONDS)).isPresent();
        }
    }

    /** A name that does not resolve must not hold up a service that is told to stop. */
    @Test
    void closesWithoutWaitingForTheProducerThatIsBeingMadeAndClosesThatToo() throws Exception {
        Producers producers = new Producers(this::make, Duration.ofSeconds(1), new SimpleMeterRegistry());
        Thread maker = Thread.ofVirtual().start(producers::current);
        assertThat(making.await(10, TimeUnit.SECONDS)).isTrue();
        try {
            Thread closer = Thread.ofVirtual().start(producers::close);

            assertThat(closer.join(Duration.ofSeconds(10))).isTrue();
        } finally {
            resolved.countDown();
        }
        assertThat(maker.join(Duration.ofSeconds(10))).isTrue();
        assertThat(made.closed()).isTrue();
    }

    /** As when it is interrupted while it reads a file, which has no message. */
    @Test
    void blamesNothingForAProducerThatCannotBeMadeBecauseAllIsClosed() {
        AtomicReference<Producers> closing = new AtomicReference<>();
        Producers producers = new Producers(
                () -> {
                    Objects.requireNonNull(closing.get()).close();
                    throw new KafkaException("Failed to construct kafka producer", new ClosedByInterruptException());
                },
                Duration.ofSeconds(1),
                new SimpleMeterRegistry());
        closing.set(producers);

        assertThat(producers.current()).isEmpty();

        assertThat(producers.state().detail()).isEqualTo("no producer has been made yet");
    }

    private Producer<byte[], byte[]> make() {
        making.countDown();
        try {
            resolved.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return made;
    }
}
