package dev.sluice.standalone.start;

import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

import dev.sluice.service.kafka.LazyAdmin;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.kafka.KafkaFailure;
import java.util.Map;
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
        try (LazyAdmin admin = new LazyAdmin(settings, "sluice-start", KafkaFailure.PATIENCE)) {
            int brokers = admin.ask(kafka -> kafka.describeCluster().nodes(), KafkaFailure.PATIENCE)
                    .size();
            return new KafkaCluster(settings, isOurs, (short) Math.min(MOST_REPLICAS, brokers));
        } catch (KafkaException e) {
            throw KafkaFailure.of(e, settings);
        }
    }

    String bootstrapServers() {
        return String.valueOf(settings.get(BOOTSTRAP_SERVERS_CONFIG));
    }
}
