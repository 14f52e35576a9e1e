package dev.sluice.service.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.jspecify.annotations.Nullable;

/**
 * An admin client for Kafka, created on first use because creation fails while the servers' names do not
 * resolve. Thread-safe.
 */
public final class LazyAdmin implements AutoCloseable {

    private final Map<String, Object> settings;
    private @Nullable Admin admin;
    private boolean closed;

    /** Does not connect yet. Kafka has to respond within {@code timeout}. */
    public LazyAdmin(Map<String, Object> kafka, String clientId, Duration timeout) {
        this.settings = settings(kafka, clientId, timeout);
    }

    private static Map<String, Object> settings(Map<String, Object> kafka, String clientId, Duration timeout) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
        // Half the timeout, so that another broker can still respond in time when one hangs.
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis() / 2);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return settings;
    }

    /**
     * Sends a request and waits for its result. After a failed authentication the next request gets a new client, which reads the files
     * with certificates and keys again.
     *
     * @throws KafkaException as {@link KafkaAnswers#await} does, or if this client is closed
     */
    public <T> T ask(Function<Admin, KafkaFuture<T>> question, Duration within) {
        return with(asked -> KafkaAnswers.await(question.apply(asked), within));
    }

    /** Sends a request whose result the caller looks at later. Otherwise like {@link #ask}. */
    public <T> KafkaFuture<T> begin(Function<Admin, KafkaFuture<T>> question) {
        Admin used = admin();
        return question.apply(used).whenComplete((_, failure) -> {
            if (failure instanceof AuthenticationException) {
                forget(used);
            }
        });
    }

    /**
     * Uses the client for requests whose results {@code use} waits for itself. Otherwise like {@link #ask}.
     *
     * @throws KafkaException as {@code use} does, or if this client is closed
     */
    public <T> T with(Function<Admin, T> use) {
        Admin used = admin();
        try {
            return use.apply(used);
        } catch (AuthenticationException e) {
            forget(used);
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private synchronized void forget(Admin refused) {
        if (admin == refused) {
            refused.close(Duration.ZERO);
            admin = null;
        }
    }

    private synchronized Admin admin() {
        if (closed) {
            throw new KafkaException("it is closed");
        }
        if (admin == null) {
            admin = Admin.create(settings);
        }
        return admin;
    }
}
