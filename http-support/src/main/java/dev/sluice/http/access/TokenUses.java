package dev.sluice.http.access;

import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_BLOCK_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG;

import dev.sluice.contract.access.TokenUseJson;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.service.failure.FatalErrors;
import dev.sluice.service.kafka.KafkaReason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the time of each token's last use to the token-uses topic. Uses are recorded in memory; a background
 * thread publishes a token's first use within seconds, and later ones once a minute. While Kafka is unavailable,
 * publishing is postponed; uses not published when the process ends are lost.
 */
final class TokenUses implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TokenUses.class);
    private static final long TELL_EVERY_SECONDS = 60;
    private static final long FORGET_AFTER_SECONDS = 3600;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofMillis(300);
    private static final int BUFFER_BYTES = 1024 * 1024;
    private static final String WELL = "";

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final String topic;
    private final Clock clock;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Use> uses = new ConcurrentHashMap<>();
    private @Nullable Producer<byte[], byte[]> producer;
    private String trouble = WELL;

    /** Seconds since 1970. */
    private static final class Use {
        private volatile long last;
        private long told;

        boolean isToBeTold() {
            // The clock may have been ahead when it was told.
            return Math.abs(last - told) >= TELL_EVERY_SECONDS;
        }
    }

    private record Sent(Use use, long last, Future<RecordMetadata> taken) {}

    TokenUses(Map<String, Object> kafka, String topic, Clock clock) {
        this(
                () -> new KafkaProducer<>(settings(kafka), new ByteArraySerializer(), new ByteArraySerializer()),
                topic,
                clock);
    }

    TokenUses(Supplier<Producer<byte[], byte[]>> producers, String topic, Clock clock) {
        this.producers = producers;
        this.topic = topic;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("token-uses").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Records a use of a known token, at negligible cost. */
    void used(String id, Instant now) {
        Use use = uses.get(id);
        if (use == null) {
            use = uses.computeIfAbsent(id, _ -> new Use());
        }
        long second = now.getEpochSecond();
        if (use.last != second) {
            use.last = second;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            if (thread.isAlive() && !thread.join(STOP_WITHIN)) {
                LOG.warn("Telling of tokens' uses did not stop within {}", STOP_WITHIN);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed.await(LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS)) {
                tryToTell();
            }
        } catch (InterruptedException | InterruptException _) {
            // Closed.
        } finally {
            closeProducer();
        }
    }

    private void tryToTell() throws InterruptedException {
        try {
            tell();
        } catch (InterruptException e) {
            // Also a KafkaException, but not a problem with Kafka.
            throw e;
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            report(e.getCause() == null ? e : e.getCause());
            closeProducer();
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            report(e);
            closeProducer();
        }
    }

    private void tell() throws InterruptedException, ExecutionException, TimeoutException {
        for (Sent sent : sendAll()) {
            sent.taken().get(TAKEN_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
            sent.use().told = sent.last();
            trouble = WELL;
        }
        long now = clock.instant().getEpochSecond();
        uses.values().removeIf(use -> use.told > 0 && now - use.last > FORGET_AFTER_SECONDS && !use.isToBeTold());
    }

    private List<Sent> sendAll() {
        List<Sent> all = new ArrayList<>();
        for (Map.Entry<String, Use> entry : uses.entrySet()) {
            Use use = entry.getValue();
            if (use.isToBeTold()) {
                Sent sent = send(entry.getKey(), use);
                all.add(sent);
                // While Kafka is unavailable, each send takes its full timeout to fail: one is enough.
                if (sent.taken().state() == Future.State.FAILED) {
                    break;
                }
            }
        }
        return all;
    }

    private Sent send(String id, Use use) {
        long last = use.last;
        return new Sent(
                use,
                last,
                producer()
                        .send(new ProducerRecord<>(
                                topic,
                                TopicSettings.COMPACTED_PARTITION,
                                id.getBytes(StandardCharsets.UTF_8),
                                TokenUseJson.write(Instant.ofEpochSecond(last)))));
    }

    // Created on first use, because creation fails while Kafka's host name does not resolve.
    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> known = producer;
        if (known == null) {
            known = producers.get();
            producer = known;
        }
        return known;
    }

    private void closeProducer() {
        Producer<byte[], byte[]> known = producer;
        if (known != null) {
            producer = null;
            try {
                known.close(Duration.ZERO);
            } catch (RuntimeException | Error e) {
                // It is closed anyway, also if the closing thread interrupts this one.
                FatalErrors.endProcessIfFatal(e);
            }
        }
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(CLIENT_ID_CONFIG, "sluice-token-uses");
        settings.put(BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.put(LINGER_MS_CONFIG, 5);
        settings.put(MAX_BLOCK_MS_CONFIG, 1_000);
        settings.put(REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        settings.put(DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(TAKEN_WITHIN.toMillis()));
        settings.put(RECONNECT_BACKOFF_MAX_MS_CONFIG, LOOK_EVERY.toMillis());
        return settings;
    }

    private void report(Throwable e) {
        String now = KafkaReason.of(e);
        if (!now.equals(trouble)) {
            // Only an error of ours needs a stack trace.
            @Nullable Throwable trace = e instanceof KafkaException || e instanceof TimeoutException ? null : e;
            LOG.warn("When tokens were used cannot be told on {}: {}; trying again", topic, now, trace);
            trouble = now;
        }
    }
}
