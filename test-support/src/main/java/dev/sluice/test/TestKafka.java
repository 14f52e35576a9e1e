package dev.sluice.test;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The broker that all integration tests of this JVM share, started on first use: the one that SLUICE_TEST_KAFKA names,
 * else one in a container if Docker is available, else an embedded one.
 */
public final class TestKafka {

    private static final Logger LOG = LoggerFactory.getLogger(TestKafka.class);
    private static final String VARIABLE = "SLUICE_TEST_KAFKA";
    static final String IMAGE = "apache/kafka:4.2.0";
    private static final String AUTO_CREATE = "auto.create.topics.enable";
    private static final int SECONDS = 30;
    private static final int MAX_MESSAGE_BYTES = 12 * 1024 * 1024;

    private TestKafka() {}

    public static String bootstrapServers() {
        return Shared.BOOTSTRAP_SERVERS;
    }

    public static Map<String, Object> properties() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    /**
     * Topic names that no other test uses; the topics themselves are not created. Those that exist when the JVM exits are deleted, unless the
     * broker ends with it.
     */
    public static TopicNames freshTopics(Class<?> test) {
        TopicNames topics = new TopicNames(UniqueName.of(test) + ".");
        if (isGiven()) {
            Topics.PREFIXES.add(topics.prefix());
        }
        return topics;
    }

    private static boolean isGiven() {
        return !Chosen.given(VARIABLE).isBlank();
    }

    private static final class Topics {

        private static final Queue<String> PREFIXES = new ConcurrentLinkedQueue<>();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(Topics::delete));
        }

        private static void delete() {
            try (Admin admin = Admin.create(properties())) {
                List<String> made = admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS).stream()
                        .filter(topic -> PREFIXES.stream().anyMatch(topic::startsWith))
                        .toList();
                admin.deleteTopics(made).all().get(SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | InterruptedException | TimeoutException e) {
                LOG.warn("Topics of the tests could not be deleted", e);
            }
        }
    }

    // A holder class, so that nothing starts before the first test asks.
    private static final class Shared {

        private static final String BOOTSTRAP_SERVERS =
                Chosen.address("Kafka", VARIABLE, Shared::startContainer, Shared::startEmbedded);

        static {
            if (isGiven()) {
                sayIfProducersMakeTopics();
            }
        }

        private static void sayIfProducersMakeTopics() {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", BOOTSTRAP_SERVERS))) {
                Node any = admin.describeCluster()
                        .nodes()
                        .get(SECONDS, TimeUnit.SECONDS)
                        .iterator()
                        .next();
                ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, any.idString());
                Config settings = admin.describeConfigs(List.of(broker))
                        .all()
                        .get(SECONDS, TimeUnit.SECONDS)
                        .values()
                        .iterator()
                        .next();
                ConfigEntry autoCreate = settings.get(AUTO_CREATE);
                if (autoCreate != null && "true".equals(autoCreate.value())) {
                    System.out.println("Kafka at " + BOOTSTRAP_SERVERS + " has " + AUTO_CREATE
                            + "=true, so tests that delete topics may fail, because producers make them again");
                }
            } catch (ExecutionException | InterruptedException | TimeoutException e) {
                System.out.println("Kafka at " + BOOTSTRAP_SERVERS + " does not tell its settings: " + e);
            }
        }

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
