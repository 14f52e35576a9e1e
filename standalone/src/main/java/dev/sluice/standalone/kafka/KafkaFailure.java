package dev.sluice.standalone.kafka;

import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

import dev.sluice.service.kafka.KafkaReason;
import dev.sluice.service.kafka.NothingDeliveredException;
import dev.sluice.standalone.command.CommandFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;

/** The failures of commands that cannot continue because of Kafka. */
public final class KafkaFailure {

    /** How long a command waits for a response from Kafka. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private KafkaFailure() {}

    /** Describes an exception thrown by a client that was created with {@code settings}. */
    public static CommandFailure of(Throwable thrown, Map<String, Object> settings) {
        Throwable cause =
                thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        boolean late =
                cause instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException;
        if (cause instanceof InterruptException) {
            return new CommandFailure("stopped while waiting for Kafka at " + address(settings), cause);
        }
        if (cause instanceof NothingDeliveredException) {
            return new CommandFailure("Kafka at " + address(settings) + " answers, but " + cause.getMessage(), cause);
        }
        return new CommandFailure(
                late
                        ? "no Kafka answers at " + address(settings) + " within " + PATIENCE.toSeconds() + " s"
                        : "Kafka at " + address(settings) + " cannot be used: " + KafkaReason.of(cause),
                cause);
    }

    public static CommandFailure noTopic(String name, Map<String, Object> settings) {
        return new CommandFailure("Kafka at " + address(settings) + " has no topic " + name
                + ": start Sluice on it first, it makes its topics");
    }

    public static Object address(Map<String, Object> settings) {
        return settings.getOrDefault(BOOTSTRAP_SERVERS_CONFIG, "an unknown address");
    }
}
