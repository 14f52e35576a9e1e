package dev.sluice.processor;

import dev.sluice.http.failure.FatalErrors;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.consume.SubmissionsConsumer;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.processor.topic.KafkaTopics;
import dev.sluice.processor.topic.SubmissionsTopic;
import dev.sluice.processor.topic.UnfitTopicException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes topics and indexes and starts consuming, and tries that again, as long as it takes, while Kafka or MongoDB is away. */
final class ProcessorStartup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorStartup.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(3);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

    private final ProcessorConfig config;
    private final StoreIndexes indexes;
    private final SubmissionsTopic topic;
    private final SubmissionsConsumer consumer;
    private final Thread thread;
    private volatile ReadinessCheck.State state = new ReadinessCheck.State(false, "starting");
    private volatile boolean closed;

    ProcessorStartup(
            ProcessorConfig config, StoreIndexes indexes, SubmissionsTopic topic, SubmissionsConsumer consumer) {
        this.config = config;
        this.indexes = indexes;
        this.topic = topic;
        this.consumer = consumer;
        this.thread = Thread.ofVirtual().name("processor-startup").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** What is still missing. */
    ReadinessCheck.State state() {
        return state;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(STOP_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = FIRST_RETRY;
        while (!closed && !isStarted()) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException _) {
                return;
            }
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(SLOWEST_RETRY) < 0 ? longer : SLOWEST_RETRY;
        }
    }

    private boolean isStarted() {
        String step = "the topics cannot be made or checked";
        try {
            topic.seenWith(KafkaTopics.ensure(
                    config.kafka(), config.topics(), config.partitions(), config.replicationFactor()));
            step = "the store's indexes cannot be made";
            indexes.ensure();
            step = "consuming cannot be started";
            if (closed) {
                return true;
            }
            consumer.start();
            state = new ReadinessCheck.State(true, "topics and indexes are there");
            LOG.info(
                    "Topics and indexes are there, consuming {}",
                    config.topics().submissions());
            return true;
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            if (closed) {
                return true;
            }
            String why = e instanceof UnfitTopicException
                    ? e.getMessage()
                    : e.getClass().getSimpleName();
            state = new ReadinessCheck.State(false, step + ": " + why);
            LOG.warn("Not started yet, {}: {}", step, e.toString());
            return false;
        }
    }
}
