package dev.sluice.ingest.publish;

import dev.sluice.contract.topic.TopicFacts;
import dev.sluice.contract.topic.TopicFitness;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.failure.FatalErrors;
import dev.sluice.http.log.LazyAdmin;
import dev.sluice.http.log.TopicLook;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.http.settings.KafkaReason;
import dev.sluice.http.settings.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks every few seconds whether Kafka is available and the submissions topic is writable and suitable for ids and times
 * (see {@link TopicFitness}).
 */
final class TopicWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration WHEN_WELL = Duration.ofSeconds(5);
    private static final Duration WHEN_NOT = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    // A note may name a session, which is looked up in the log.
    private static final Set<AclOperation> NEEDED = Set.of(AclOperation.WRITE, AclOperation.READ);

    private final Map<String, Object> settings;
    private final TopicSettings topic;
    private final Runnable beforeLook;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofVirtual().name("submissions-topic-watch").unstarted(this::run);
    private @Nullable TopicFacts atFirst;
    private boolean wasMissing;
    private volatile boolean takesSubmissions = true;
    private volatile long lastWell = System.nanoTime();
    private volatile ReadinessCheck.State state = new ReadinessCheck.State(false, "not looked at yet");

    TopicWatch(Map<String, Object> kafka, TopicSettings topic, Runnable beforeLook) {
        this.settings = LazyAdmin.settings(kafka, "sluice-ingest-api-watch", TIMEOUT);
        this.topic = topic;
        this.beforeLook = beforeLook;
    }

    void start() {
        thread.start();
    }

    ReadinessCheck.State state() {
        return state;
    }

    /**
     * False once the topic was found missing or replaced: new records would get ids that others already have, or go where nobody reads them, and
     * brokers may create a missing topic for any writer.
     */
    boolean takesSubmissions() {
        return takesSubmissions;
    }

    /** Whether Kafka has answered and the topic was usable after {@code nanoTime}, in terms of {@link System#nanoTime}. */
    boolean hasBeenWellSince(long nanoTime) {
        return lastWell - nanoTime > 0;
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private void run() {
        while (!isClosed(Duration.ZERO)) {
            try (Admin admin = Admin.create(settings)) {
                watch(admin);
            } catch (KafkaException e) {
                report(false, "Kafka cannot be reached: " + KafkaReason.of(e));
            } catch (RuntimeException | Error e) {
                FatalErrors.endProcessIfFatal(e);
                report(false, "Kafka cannot be reached: " + e);
            }
            if (isClosed(WHEN_NOT)) {
                return;
            }
        }
    }

    private void watch(Admin admin) {
        do {
            try {
                look(admin);
            } catch (InterruptException _) {
                return;
            } catch (org.apache.kafka.common.errors.TimeoutException _) {
                report(false, "Kafka does not answer");
            } catch (TopicAuthorizationException e) {
                report(false, String.valueOf(e.getMessage()));
            } catch (KafkaException e) {
                report(false, "the topic " + topic.name() + " cannot be looked at: " + e.getMessage());
            }
        } while (!isClosed(state.ready() ? WHEN_WELL : WHEN_NOT));
    }

    private void look(Admin admin) {
        beforeLook.run();
        Optional<TopicFacts> found = TopicLook.at(admin, topic.name(), TIMEOUT);
        // A broker may briefly not know an existing topic.
        boolean isFirstMiss = found.isEmpty() && atFirst != null && !wasMissing;
        wasMissing = found.isEmpty();
        if (!isFirstMiss) {
            takesSubmissions = found.isPresent() && change(found.get()).isEmpty();
        }
        if (found.isPresent()) {
            TopicLook.forbidden(admin, topic.name(), NEEDED, TIMEOUT)
                    .ifPresentOrElse(sentence -> report(false, sentence), () -> judge(found.get()));
        } else {
            report(false, "there is no topic " + topic.name() + " yet");
        }
    }

    private void judge(TopicFacts found) {
        TopicFitness fitness = TopicFitness.ofSubmissions(found, topic);
        Optional<String> change = change(found);
        if (change.isPresent()) {
            report(false, change.get());
        } else if (!fitness.faults().isEmpty()) {
            report(false, String.join("; ", fitness.faults()));
        } else {
            atFirst = found;
            lastWell = System.nanoTime();
            List<String> said = new ArrayList<>(fitness.risks());
            said.addFirst(topic.name() + " with " + found.partitions() + " partitions");
            report(true, String.join("; ", said));
        }
    }

    /** Describes a change of the topic that is not allowed, if there is one. */
    private Optional<String> change(TopicFacts found) {
        TopicFacts known = atFirst;
        if (known == null) {
            return Optional.empty();
        }
        if (found.partitions() != known.partitions()) {
            return Optional.of("topic " + topic.name() + " has " + found.partitions() + " partitions, and had "
                    + known.partitions()
                    + ": the number must not change, because projects move to other partitions and lose their order");
        }
        return found.id().equals(known.id())
                ? Optional.empty()
                : Optional.of("topic " + topic.name() + " was made anew (its id is " + found.id() + ", and was "
                        + known.id() + "): its records would get ids that others have. Set "
                        + KafkaSettings.IDS_BASE + " to what the processor says, and start again");
    }

    private void report(boolean ready, String detail) {
        if (!state.detail().equals(detail)) {
            if (ready) {
                LOG.info("Submissions: {}", detail);
            } else {
                LOG.error("Submissions: {}", detail);
            }
            state = new ReadinessCheck.State(ready, detail);
        }
    }

    private boolean isClosed(Duration wait) {
        try {
            return closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            return true;
        }
    }
}
