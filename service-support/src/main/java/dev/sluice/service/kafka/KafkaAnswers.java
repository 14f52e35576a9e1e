package dev.sluice.service.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for results of Kafka's clients. */
public final class KafkaAnswers {

    private KafkaAnswers() {}

    /**
     * Waits for a result for a bounded time.
     *
     * @throws KafkaException what went wrong; Kafka's {@code TimeoutException} if no result arrived in time, its
     *     {@code InterruptException} if this thread was interrupted
     */
    public static <T> T await(Future<T> answer, Duration within) {
        try {
            return answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("Kafka does not answer", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
