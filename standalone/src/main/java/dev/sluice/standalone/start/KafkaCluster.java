package dev.sluice.standalone.start;

import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.kafka.KafkaFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * A Kafka cluster that has responded.
 *
 * @param settings what a client needs to connect
 * @param isOurs whether it is this process's own broker, with no other processor in the consumer group
 * @param replicas the replication factor it can support: three, or the number of brokers if there are fewer
 */
record KafkaCluster(Map<String, Object> settings, boolean isOurs, short replicas) {

    private static final int MOST_REPLICAS = 3;

    KafkaCluster {
        settings = Map.copyOf(settings);
    }

    /**
     * Connects and asks for the number of brokers.
     *
     * @throws CommandFailure if there is no response within ten seconds
     */
    static KafkaCluster at(String bootstrapServers, boolean isOurs) {
        Map<String, Object> settings = Map.of(BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        Map<String, Object> bounded = new HashMap<>(settings);
        bounded.put("default.api.timeout.ms", Math.toIntExact(KafkaFailure.PATIENCE.toMillis()));
        bounded.put("request.timeout.ms", Math.toIntExact(KafkaFailure.PATIENCE.toMillis() / 2));
        try (Admin admin = Admin.create(bounded)) {
            int brokers = admin.describeCluster()
                    .nodes()
                    .get(KafkaFailure.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .size();
            return new KafkaCluster(settings, isOurs, (short) Math.min(MOST_REPLICAS, brokers));
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw KafkaFailure.of(e, settings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("stopped while waiting for Kafka at " + bootstrapServers, e);
        }
    }

    String bootstrapServers() {
        return String.valueOf(settings.get(BOOTSTRAP_SERVERS_CONFIG));
    }
}
