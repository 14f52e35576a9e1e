package dev.sluice.ingest.publish;

import dev.sluice.contract.topic.TopicFacts;
import dev.sluice.contract.topic.TopicFitness;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.service.failure.FatalErrors;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.service.kafka.KafkaReason;
import dev.sluice.service.kafka.KafkaSettings;
import dev.sluice.service.kafka.LazyAdmin;
import dev.sluice.service.kafka.TopicInspection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every few seconds whether Kafka is available and the submissions topic is writable and suitable for ids and times
 * (see {@link TopicFitness}), and the one that the store is filled from (see {@link SourceLogWatch}).
 */
final class TopicWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration WHEN_WELL = Duration.ofSeconds(5);
    private static final Duration WHEN_NOT = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    // A note may name a session, which is looked up in the log.
    private static final Set<AclOperation> NEEDED = Set.of(AclOperation.WRITE, AclOperation.READ);

    private final LazyAdmin admin;
    private final SourceLogWatch source;
    private final TopicSettings topic;
    private final OptionalInt configuredPartitions;
    private final Runnable keepProducer;
    private final LogEnds ends = new LogEnds(this::doubt);
    private final AtomicReference<@Nullable String> doubt = new AtomicReference<>();
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread =
            Thread.ofVirtual().name("submissions-topic-watch").unstarted(this::run);
    private @Nullable TopicFacts atFirst;
    private boolean wasMissing;
    private volatile boolean closed;
    private volatile OptionalInt partitions = OptionalInt.empty();
    private volatile long lastWell = System.nanoTime();
    private volatile ReadinessCheck.State state = new ReadinessCheck.State(false, "not looked at yet");

    /** Looks at nothing yet; calls {@code keepProducer} before each look, so that there is a producer before the first submission. */
    TopicWatch(KafkaLog log, Runnable keepProducer) {
        this.admin = new LazyAdmin(log.kafka(), "sluice-ingest-api-watch", TIMEOUT);
        this.source = new SourceLogWatch(log, TIMEOUT);
        this.topic = TopicSettings.submissions(log.topics(), TopicSettings.DEFAULT_PARTITIONS);
        this.configuredPartitions = log.partitions();
        this.keepProducer = keepProducer;
    }

    void start() {
        thread.start();
    }

    ReadinessCheck.State state() {
        return state;
    }

    /**
     * The topic's number of partitions. Empty until it was found to be fit, and once it was found missing, changed or unfit, or is doubted: new records
     * would get ids that others already have, be lost, or go where nobody reads them, and brokers may create a missing topic for any writer.
     */
    OptionalInt partitions() {
        return partitions;
    }

    /** Whether Kafka has answered and the topic was usable after {@code nanoTime}, in terms of {@link System#nanoTime}. */
    boolean hasBeenWellSince(long nanoTime) {
        return lastWell - nanoTime > 0;
    }

    /** The ends of the topic's partitions; an acknowledgement that contradicts them stops submissions until two looks have found the same topic. */
    LogEnds ends() {
        return ends;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void doubt(String sign) {
        doubt.set(sign);
        partitions = OptionalInt.empty();
        wanted.release();
    }

    private void run() {
        try (admin;
                source) {
            do {
                tryToLook();
            } while (!closesWhileWaiting());
        }
    }

    private void tryToLook() {
        try {
            admin.with(asked -> {
                look(asked);
                return state;
            });
        } catch (org.apache.kafka.common.errors.TimeoutException _) {
            report(false, "Kafka does not answer");
        } catch (TopicAuthorizationException e) {
            report(false, String.valueOf(e.getMessage()));
        } catch (KafkaException e) {
            report(false, "Kafka cannot be asked about the topic " + topic.name() + ": " + KafkaReason.of(e));
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            failed(e);
        }
    }

    private void look(Admin admin) {
        keepProducer.run();
        wanted.drainPermits();
        String doubted = doubt.get();
        Optional<TopicFacts> found = TopicInspection.at(admin, topic.name(), TIMEOUT);
        // A broker may briefly not know an existing topic.
        boolean isFirstMiss = found.isEmpty() && atFirst != null && !wasMissing;
        wasMissing = found.isEmpty();
        if (found.isPresent()) {
            judge(found.get(), doubted, admin);
            return;
        }
        if (!isFirstMiss) {
            partitions = OptionalInt.empty();
        }
        report(false, "there is no topic " + topic.name() + " yet");
    }

    private void judge(TopicFacts found, @Nullable String doubted, Admin admin) {
        TopicFitness fitness = TopicFitness.ofSubmissions(found, topic);
        Optional<String> fault = change(found)
                .or(fitness::allFaults)
                .or(() -> source.fault(found))
                .or(() -> settle(doubted));
        if (fault.isEmpty()) {
            atFirst = found;
            ends.ask(admin, found);
        }
        partitions = fault.isEmpty() ? OptionalInt.of(found.partitions()) : OptionalInt.empty();
        // Asked after they are set, because a doubt empties them on its own thread.
        if (doubt.get() != null) {
            partitions = OptionalInt.empty();
        }
        Optional<String> trouble =
                TopicInspection.forbidden(admin, topic.name(), NEEDED, TIMEOUT).or(() -> fault);
        if (trouble.isPresent()) {
            report(false, trouble.get());
            return;
        }
        lastWell = System.nanoTime();
        List<String> said = new ArrayList<>();
        said.add(topic.name() + " with " + found.partitions() + " partitions");
        said.addAll(fitness.risks());
        said.addAll(fitness.remarks());
        said.addAll(source.remarks());
        report(true, String.join("; ", said));
    }

    /** A doubt outlasts one look that finds nothing: another broker may know already that the topic is another. */
    private Optional<String> settle(@Nullable String doubted) {
        if (doubted != null && doubt.compareAndSet(doubted, null)) {
            ends.forget();
        }
        return Optional.ofNullable(doubted)
                .map(sign -> "topic " + topic.name() + " was made anew or has lost its end: " + sign);
    }

    private Optional<String> change(TopicFacts found) {
        TopicFacts known = atFirst;
        int expected = known == null ? configuredPartitions.orElse(found.partitions()) : known.partitions();
        if (found.partitions() != expected) {
            return Optional.of("topic " + topic.name() + " has " + found.partitions() + " partitions: expected "
                    + expected
                    + ". The number must not change, because projects move to other partitions and lose their order"
                    + (known == null ? "; if the topic was made with it, set " + KafkaSettings.PARTITIONS : ""));
        }
        return known == null || found.id().equals(known.id())
                ? Optional.empty()
                : Optional.of("topic " + topic.name() + " was made anew (its id is " + found.id() + ", and was "
                        + known.id() + "): its records would get ids that others have. Set "
                        + KafkaSettings.IDS_BASE + " to what the processor says, and start again");
    }

    /** Reports an error of ours, with its stack trace once. */
    private void failed(Throwable error) {
        String detail = "the topic " + topic.name() + " cannot be looked at: " + error;
        if (!state.detail().equals(detail)) {
            LOG.error("Looking at topic {} failed", topic.name(), error);
        }
        report(false, detail);
    }

    private void report(boolean ready, String detail) {
        // Once it is closed, what fails does so because of that.
        if (!closed && !state.detail().equals(detail)) {
            if (ready) {
                LOG.info("Submissions: {}", detail);
            } else {
                LOG.error("Submissions: {}", detail);
            }
            state = new ReadinessCheck.State(ready, detail);
        }
    }

    private boolean closesWhileWaiting() {
        try {
            if (state.ready()) {
                var _ = wanted.tryAcquire(WHEN_WELL.toMillis(), TimeUnit.MILLISECONDS);
            } else {
                // What is wanted meanwhile waits too: two looks at once could ask the same broker before it knows.
                Thread.sleep(WHEN_NOT);
            }
            return closed;
        } catch (InterruptedException _) {
            return true;
        }
    }
}
