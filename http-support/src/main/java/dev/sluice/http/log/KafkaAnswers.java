package dev.sluice.http.log;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** What Kafka's admin client answers, waited for. */
public final class KafkaAnswers {

    private KafkaAnswers() {}

    /**
     * Waits for an answer, a bounded time.
     *
     * @throws KafkaException what went wrong; Kafka's {@code TimeoutException} if nothing came in time, its {@code InterruptException} if this
     *     thread is to end
     */
    public static <T> T await(KafkaFuture<T> answer, Duration within) {
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
