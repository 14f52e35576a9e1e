package dev.sluice.processor;

import dev.sluice.contract.topic.SourceLog;
import dev.sluice.contract.topic.TopicFacts;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.consume.SubmissionsConsumer;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.generation.UnreadableDocumentException;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.source.SourceLogCheck;
import dev.sluice.processor.source.SourceLogNotice;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.processor.topic.KafkaTopics;
import dev.sluice.processor.topic.TopicChecks;
import dev.sluice.processor.topic.UnfitTopicException;
import dev.sluice.service.failure.FatalErrors;
import dev.sluice.service.kafka.KafkaReason;
import dev.sluice.service.offsets.LogOffsets;
import dev.sluice.service.process.Backoff;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates topics and indexes, checks that log and store belong together, and starts consuming. Retries while Kafka or MongoDB is unavailable,
 * or until the cause of a refusal is fixed. Once consuming, it checks every few seconds that the log is still the same one and can be used.
 */
final class ProcessorStartup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorStartup.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(3);
    private static final Duration WATCH_EVERY = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

    private final ProcessorConfig config;
    private final TopicChecks topics;
    private final FitnessWatch fitness;
    private final SourceLogCheck sourceLog;
    private final LiveGeneration live;
    private final SubmissionsTopic topic;
    private final SubmissionsConsumer consumer;
    private final SourceLogNotice notice;
    private final Thread thread;
    private volatile ReadinessCheck.State state = new ReadinessCheck.State(false, "starting");
    private volatile @Nullable String refusal;
    private volatile boolean closed;
    private @Nullable SourceLog consumed;
    private String step = "";

    ProcessorStartup(
            ProcessorConfig config,
            LogOffsets offsets,
            SourceLogCheck sourceLog,
            SourceLogNotice notice,
            LiveGeneration live,
            SubmissionsTopic topic,
            SubmissionsConsumer consumer) {
        this.config = config;
        this.topics = new TopicChecks(config.kafka(), config.topics());
        this.fitness = new FitnessWatch(topics, offsets);
        this.sourceLog = sourceLog;
        this.notice = notice;
        this.live = live;
        this.topic = topic;
        this.consumer = consumer;
        this.thread = Thread.ofVirtual().name("processor-startup").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Whether it has started and, if not, what is missing. */
    ReadinessCheck.State state() {
        return state;
    }

    /** What somebody must change before it can start; empty if waiting may help. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
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
        topics.close();
    }

    private void run() {
        try (notice) {
            startAndWatch();
        }
    }

    private void startAndWatch() {
        Backoff retries = new Backoff(FIRST_RETRY, SLOWEST_RETRY);
        while (!closed) {
            SourceLog known = consumed;
            boolean isWell = known == null ? tryToStart() : !stopIfChanged(known);
            if (isWell) {
                retries.reset();
            }
            try {
                Thread.sleep(isWell ? WATCH_EVERY : retries.next());
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    /** Stops consuming if the log is not what it was, and returns whether it did. Whatever fails here is tried again: the watch must not end. */
    private boolean stopIfChanged(SourceLog known) {
        String asked = "Kafka";
        try {
            Optional<TopicFacts> found = topics.submissions();
            found.ifPresent(fitness::judge);
            ReadinessCheck.State judged = found.isPresent()
                    ? fitness.state()
                    : new ReadinessCheck.State(false, "there is no topic " + topic.name());
            asked = "the store";
            // A missing topic only makes readiness red: nothing can be consumed then anyway.
            if (found.map(sourceLog::log).orElse(known).equals(known) && !sourceLog.isLeft(known)) {
                state = judged;
                notice.filledFrom(known);
                return false;
            }
            LOG.warn(
                    "Topic {} is not what it was, or no longer what the store is filled from: consuming stops",
                    topic.name());
            asked = "the consumer";
            consumer.stop();
            topic.forget();
            consumed = null;
            return true;
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            if (!closed) {
                failed(asked, e);
            }
            return false;
        }
    }

    /** A consumer that receives nothing cannot tell whether Kafka is unavailable. */
    private void failed(String asked, Throwable failure) {
        if (state.ready()) {
            LOG.warn("Cannot tell whether the log is what it was, asking {}: {}", asked, KafkaReason.of(failure));
        }
        state = new ReadinessCheck.State(
                false, "cannot tell whether the log is what it was, asking " + asked + ": " + shown(failure));
    }

    /** What the public health page may show. */
    private static String shown(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return switch (failure) {
            case UnreadableDocumentException unreadable ->
                unreadable.getMessage() + " (see the log and docs/operations.md)";
            case TimeoutException _ -> "Kafka does not answer (" + name + ")";
            default -> name;
        };
    }

    private boolean tryToStart() {
        try {
            SourceLog log = prepare();
            if (!closed) {
                consume(log);
                notice.filledFrom(log);
            }
            return true;
        } catch (UnfitTopicException | TopicAuthorizationException e) {
            refuse(String.valueOf(e.getMessage()));
            notice.refused();
            return false;
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            if (closed) {
                return true;
            }
            state = new ReadinessCheck.State(false, step + ": " + shown(e));
            LOG.warn("Not started yet, {}: {}", step, KafkaReason.of(e));
            return false;
        }
    }

    /** Prepares everything that consuming relies on. {@code step} says what has failed if a call throws. */
    private SourceLog prepare() {
        step = "the topics cannot be made or checked";
        if (topics.submissions().isEmpty()) {
            step = "the topics cannot be made before the store says whether it had some";
            sourceLog.checkMissing(config.topics().submissions());
            step = "the topics cannot be made";
        }
        KafkaTopics.ensure(
                config.kafka(),
                config.topics(),
                config.log().partitions(),
                config.log().replicationFactor());
        TopicFacts found = topics.check(config.log().replicationFactor());
        fitness.begin(found);
        step = "the log cannot be compared with the store";
        SourceLog log = sourceLog.check(found);
        topic.seenWith(log.partitions());
        step = "the store's indexes cannot be made";
        state = ReadinessCheck.State.whileWorking("the store's indexes are being made");
        new StoreIndexes(live.current()).ensure();
        return log;
    }

    private void consume(SourceLog log) {
        step = "consuming cannot be started";
        consumer.start();
        consumed = log;
        refusal = null;
        state = fitness.state();
        LOG.info("Topics and indexes are there, consuming {}", config.topics().submissions());
    }

    private void refuse(String sentence) {
        if (!sentence.equals(refusal)) {
            LOG.error("Processing nothing until this is mended: {}", sentence);
        }
        refusal = sentence;
        state = new ReadinessCheck.State(false, sentence);
    }
}
