package dev.sluice.processor.source;

import dev.sluice.contract.topic.SourceLog;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.topic.KafkaTopics;
import dev.sluice.service.failure.FatalErrors;
import dev.sluice.service.kafka.KafkaReason;
import dev.sluice.service.kafka.KafkaSourceLog;
import dev.sluice.service.kafka.KafkaSourceLog.Told;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells ingest-api, through the installation topic, which log the store is filled from. It throws nothing, because processing does not depend on it:
 * whatever fails is logged, and tried again at the next call. Not thread-safe.
 */
public final class SourceLogNotice implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceLogNotice.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String WELL = "";

    private final MongoSourceLog store;
    private final KafkaSourceLog topic;
    private final Runnable makeTopic;
    private String trouble = WELL;

    /** @param replicationFactor of the topic, if it has to be made again */
    public SourceLogNotice(MongoSourceLog store, Map<String, Object> kafka, TopicNames names, short replicationFactor) {
        this.store = store;
        this.makeTopic = () -> KafkaTopics.ensureInstallation(kafka, names, replicationFactor, TIMEOUT);
        this.topic = new KafkaSourceLog(kafka, names, "sluice-session-processor-installation", TIMEOUT);
    }

    /**
     * To be called while the store is filled from {@code log}, again and again: another processor may have written something else, or somebody have
     * deleted the topic.
     */
    public void filledFrom(SourceLog log) {
        write(told -> {
            if (told instanceof Told.Missing) {
                // The brokers would make it for our producer, if at all, with their own settings.
                makeTopic.run();
            }
            return Optional.of(log);
        });
    }

    /**
     * To be called while a log is refused. It leaves what others have told alone, since this may be a processor that is connected to the wrong
     * Kafka, and what they have told names another topic, or the right one. But of a Kafka that was set up anew, only the store knows better.
     */
    public void refused() {
        write(told -> told instanceof Told.Nothing ? store.remembered() : Optional.empty());
    }

    @Override
    public void close() {
        topic.close();
    }

    private void write(Function<Told, Optional<SourceLog>> wanted) {
        try {
            Told told = topic.read();
            wanted.apply(told).filter(log -> !told.equals(new Told.Filled(log))).ifPresent(this::tell);
            trouble = WELL;
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            failed(e);
        }
    }

    private void tell(SourceLog log) {
        topic.write(log);
        LOG.info("Topic {} says from now on which log the store is filled from: {}", topic.topic(), log);
    }

    private void failed(Throwable failure) {
        String reason = KafkaReason.of(failure);
        if (!reason.equals(trouble) && !Thread.currentThread().isInterrupted()) {
            LOG.warn("ingest-api cannot be told which log the store is filled from: {}; trying again", reason);
            trouble = reason;
        }
    }
}
