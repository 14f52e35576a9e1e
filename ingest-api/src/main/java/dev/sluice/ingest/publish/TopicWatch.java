package dev.sluice.ingest.publish;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.observe.ReadinessCheck;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether Kafka is there and the submissions topic is one that ids and times can be made from: LogAppendTime, and
 * no more partitions than an id has room for.
 */
final class TopicWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration WHEN_WELL = Duration.ofSeconds(10);
    private static final Duration WHEN_NOT = Duration.ofSeconds(1);
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final String TIMESTAMP_TYPE = "message.timestamp.type";

    private final Map<String, Object> settings;
    private final String topic;
    private final Runnable beforeLook;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofVirtual().name("submissions-topic-watch").unstarted(this::run);
    private volatile ReadinessCheck.State state = new ReadinessCheck.State(false, "not looked at yet");

    TopicWatch(Map<String, Object> kafka, String topic, Runnable beforeLook) {
        this.settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "sluice-ingest-api-watch");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        this.topic = topic;
        this.beforeLook = beforeLook;
    }

    void start() {
        thread.start();
    }

    ReadinessCheck.State state() {
        return state;
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
            } catch (RuntimeException e) {
                report(false, "Kafka cannot be reached: " + e.getMessage());
            }
            if (isClosed(WHEN_NOT)) {
                return;
            }
        }
    }

    private void watch(Admin admin) {
        while (!isClosed(state.ready() ? WHEN_WELL : WHEN_NOT)) {
            try {
                beforeLook.run();
                look(admin);
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                report(false, "the topic " + topic + " cannot be looked at: " + cause.getMessage());
            } catch (TimeoutException _) {
                report(false, "Kafka does not answer");
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void look(Admin admin) throws ExecutionException, TimeoutException, InterruptedException {
        TopicDescription found = admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .get(topic);
        int partitions = found == null ? 0 : found.partitions().size();
        String timestamps = timestampType(admin);
        if (partitions > SubmissionId.MAX_PARTITIONS) {
            report(
                    false,
                    "the topic " + topic + " has " + partitions + " partitions: expected at most "
                            + SubmissionId.MAX_PARTITIONS);
        } else if (timestamps != null && !timestamps.equals("LogAppendTime")) {
            report(
                    false,
                    "the topic " + topic + " has " + TIMESTAMP_TYPE + "=" + timestamps + ": expected LogAppendTime");
        } else {
            report(true, topic + " with " + partitions + " partitions");
        }
    }

    // Null if we may not look: a matter of ACLs, and no reason to take nothing.
    private @Nullable String timestampType(Admin admin)
            throws ExecutionException, TimeoutException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                    .get(resource);
            ConfigEntry entry = config == null ? null : config.get(TIMESTAMP_TYPE);
            return entry == null ? null : entry.value();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return null;
            }
            throw e;
        }
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
