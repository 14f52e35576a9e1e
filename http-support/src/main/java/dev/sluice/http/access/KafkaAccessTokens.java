package dev.sluice.http.access;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.SecretHash;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.service.failure.FatalErrors;
import dev.sluice.service.kafka.CompactedTopic;
import dev.sluice.service.kafka.KafkaReason;
import dev.sluice.service.process.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps all tokens of the access-tokens topic in memory. One thread reads the topic from its start and then
 * follows it, so that a new or revoked token takes effect within a second; it rereads the whole topic every hour.
 * Each change is recorded in the audit trail. While Kafka is unavailable, known tokens keep working and the thread
 * keeps retrying.
 */
public final class KafkaAccessTokens implements AccessTokens, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAccessTokens.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    // Much less than the day for which Kafka keeps the tombstone of a revoked token: an instance cut off or suspended
    // for longer would otherwise never learn of the revocation. Nor would one learn of what comes before its place in a
    // topic that was restored meanwhile.
    private static final Duration READ_AGAIN_AFTER = Duration.ofHours(1);
    private static final Duration KAFKA_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(3);
    private static final String WELL = "";

    // Compared against when the token does not exist, so that an unknown id takes as long as a wrong secret.
    private static final SecretHash NOBODY = SecretHash.ofSecret("");

    private final Map<String, Object> kafka;
    private final String topic;
    private final Clock clock;
    private final Thread thread;
    private final TokenUses uses;
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile @Nullable Map<String, AccessToken> tokens;
    private volatile @Nullable CompactedTopic reading;
    private volatile String trouble = "not started";

    public KafkaAccessTokens(Map<String, Object> kafka, TopicNames topics, Clock clock) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topics.accessTokens();
        this.clock = clock;
        this.uses = new TokenUses(kafka, topics.tokenUses(), clock);
        this.thread = Thread.ofPlatform().daemon().name("access-tokens").unstarted(this::run);
    }

    /** Starts reading and returns immediately. */
    public void start() {
        trouble = "the topic " + topic + " has not been read yet";
        thread.start();
        uses.start();
    }

    boolean isLoaded() {
        return tokens != null;
    }

    public ReadinessCheck readiness() {
        return new ReadinessCheck("access-tokens", () -> {
            Map<String, AccessToken> known = tokens;
            return known == null
                    ? new ReadinessCheck.State(false, trouble)
                    : new ReadinessCheck.State(true, known.size() + (known.size() == 1 ? " token" : " tokens"));
        });
    }

    @Override
    public Lookup find(TokenText text) {
        Map<String, AccessToken> known = tokens;
        if (known == null) {
            return new Lookup.NotLoaded();
        }
        AccessToken token = known.get(text.id());
        boolean same = SecretHash.ofSecret(text.secret()).equals(token == null ? NOBODY : token.secretHash());
        Instant now = clock.instant();
        if (token == null || !same || !token.isValidAt(now)) {
            return new Lookup.Unknown();
        }
        uses.used(token.id(), now);
        return new Lookup.Known(token);
    }

    @Override
    public boolean stillGrants(AccessToken token) {
        Map<String, AccessToken> known = tokens;
        AccessToken now = known == null ? null : known.get(token.id());
        return now != null
                && now.secretHash().equals(token.secretHash())
                && now.projects().equals(token.projects())
                && now.role() == token.role()
                && now.isValidAt(clock.instant());
    }

    @Override
    public void close() {
        closed.countDown();
        uses.close();
        CompactedTopic topicBeingRead = reading;
        if (topicBeingRead != null) {
            topicBeingRead.wakeup();
        }
        try {
            if (thread.isAlive() && !thread.join(STOP_WITHIN)) {
                LOG.warn("Reading of {} did not stop within {}", topic, STOP_WITHIN);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Backoff pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        while (!isClosed(Duration.ZERO)) {
            try {
                readAndFollow();
            } catch (WakeupException | InterruptException _) {
                return;
            } catch (RuntimeException | Error e) {
                FatalErrors.endProcessIfFatal(e);
                report(e);
                if (isClosed(isLoaded() ? LONGEST_PAUSE : pauses.next())) {
                    return;
                }
            }
        }
    }

    /**
     * Reads all of the topic and follows it, until all is to be read again: into a map of its own, because tokens that were revoked and compacted
     * away while nobody was reading must not survive.
     */
    private void readAndFollow() {
        try (CompactedTopic records = CompactedTopic.open(kafka, topic, "sluice-access-tokens", KAFKA_TIMEOUT)) {
            reading = records;
            if (isClosed(Duration.ZERO)) {
                return;
            }
            Map<String, AccessToken> known = new ConcurrentHashMap<>();
            records.readToEnd(record -> TokenRecord.read(record).ifPresent(change -> change.applyTo(known)));
            Map<String, AccessToken> before = tokens;
            tokens = known;
            if (before != null) {
                TokenTrail.tellDifferences(before, known);
            }
            if (!trouble.equals(WELL)) {
                LOG.info("{} access tokens are known from {}", known.size(), topic);
                trouble = WELL;
            }
            // By the clock, which goes on while a machine is suspended, as long as it is not set back.
            Instant read = clock.instant();
            while (!isClosed(Duration.ZERO)
                    && Duration.between(read, clock.instant()).abs().compareTo(READ_AGAIN_AFTER) < 0) {
                records.follow(record -> TokenRecord.read(record)
                        .ifPresent(change ->
                                TokenTrail.tell(change.id(), change.applyTo(known), change.token(), change.by())));
            }
        } finally {
            reading = null;
        }
    }

    private void report(Throwable e) {
        String now = "the topic " + topic + " cannot be read: " + KafkaReason.of(e);
        if (!now.equals(trouble)) {
            LOG.warn("Access tokens: {}; trying again", now, e instanceof KafkaException ? null : e);
            trouble = now;
        }
    }

    private boolean isClosed(Duration wait) {
        try {
            return closed.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            return true;
        }
    }
}
