package dev.sluice.processor.consume;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.springframework.kafka.listener.BatchInterceptor;

/** What is done around every poll, on the consumer's own thread. */
final class PollRounds implements BatchInterceptor<byte[], byte[]> {

    private final StoppedPartitions stopped;
    private final ConsumptionHealth health;

    PollRounds(StoppedPartitions stopped, ConsumptionHealth health) {
        this.stopped = stopped;
        this.health = health;
    }

    @Override
    public void setupThreadState(Consumer<?, ?> consumer) {
        stopped.beforePoll(consumer);
    }

    @Override
    public void clearThreadState(Consumer<?, ?> consumer) {
        health.polled();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> intercept(
            ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer) {
        return records;
    }
}
