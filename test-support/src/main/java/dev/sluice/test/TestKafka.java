package dev.sluice.test;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The broker that all integration tests of this JVM share, started on first use: the one that SLUICE_TEST_KAFKA names,
 * else one in a container if Docker is available, else an embedded one.
 */
public final class TestKafka {

    private static final String VARIABLE = "SLUICE_TEST_KAFKA";
    static final String IMAGE = "apache/kafka:4.2.0";
    private static final int MAX_MESSAGE_BYTES = 12 * 1024 * 1024;

    private TestKafka() {}

    public static String bootstrapServers() {
        return Shared.BOOTSTRAP_SERVERS;
    }

    public static Map<String, Object> properties() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    /** Topic names that no other test uses; the topics themselves are not created. */
    public static TopicNames freshTopics(Class<?> test) {
        return new TopicNames(UniqueName.of(test) + ".");
    }

    // A holder class, so that nothing starts before the first test asks.
    private static final class Shared {

        private static final String BOOTSTRAP_SERVERS =
                Chosen.address("Kafka", VARIABLE, Shared::startContainer, Shared::startEmbedded);

        private static String startContainer() {
            // Testcontainers removes the container when the JVM exits.
            @SuppressWarnings("resource")
            KafkaContainer container = new KafkaContainer(IMAGE)
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                    .withEnv("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(MAX_MESSAGE_BYTES));
            container.start();
            return container.getBootstrapServers();
        }

        private static String startEmbedded() {
            try {
                Path folder = TemporaryFolder.create("kafka");
                EmbeddedBroker broker = EmbeddedBroker.start(folder, 0);
                TemporaryFolder.atExit(broker, folder);
                return broker.bootstrapServers();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
