package dev.sluice.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

class EmbeddedBrokerIT {

    private static final String TOPIC = "kept";

    @TempDir
    private Path directory;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void keepsRecordsAndClusterIdAcrossCloseAndStart() throws Exception {
        String clusterId;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            createTopic(broker.bootstrapServers());
            produce(broker.bootstrapServers(), "before");
            clusterId = clusterId(broker.bootstrapServers());
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            produce(broker.bootstrapServers(), "after");

            assertThat(clusterId(broker.bootstrapServers())).isEqualTo(clusterId);
            assertThat(records(broker.bootstrapServers(), 2)).containsExactly("before", "after");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void startsAgainWithItsRecordsAfterTheProcessWasKilled() throws Exception {
        try (ChildJvm child = ChildJvm.start(BrokerProcess.class, directory)) {
            String bootstrapServers = child.firstLine();
            createTopic(bootstrapServers);
            produce(bootstrapServers, "before");
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThat(records(broker.bootstrapServers(), 1)).containsExactly("before");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void takesARecordOfTheLargestSizeThatItsTopicAllows() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            createTopic(broker.bootstrapServers());

            produce(broker.bootstrapServers(), "x".repeat(11 * 1024 * 1024 - 1024));

            assertThat(records(broker.bootstrapServers(), 1)).hasSize(1);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void saysWhichAddressIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatIOException()
                    .isThrownBy(() -> EmbeddedBroker.start(directory, other.getLocalPort()))
                    .withMessage("the address 127.0.0.1:" + other.getLocalPort() + " for the Kafka broker is in use");
        }
    }

    private static void createTopic(String bootstrapServers) throws Exception {
        NewTopic topic =
                new NewTopic(TOPIC, 1, (short) 1).configs(Map.of("max.message.bytes", Integer.toString(11 << 20)));
        try (Admin admin = Admin.create(client(bootstrapServers))) {
            admin.createTopics(List.of(topic)).all().get(20, TimeUnit.SECONDS);
        }
    }

    private static String clusterId(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(client(bootstrapServers))) {
            return admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS);
        }
    }

    private static void produce(String bootstrapServers, String value) throws Exception {
        Map<String, Object> settings = client(bootstrapServers);
        settings.put("max.request.size", 12 << 20);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, value.getBytes(UTF_8))).get(20, TimeUnit.SECONDS);
        }
    }

    private static List<String> records(String bootstrapServers, int count) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                client(bootstrapServers), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> values = new ArrayList<>();
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(new String(record.value(), UTF_8)));
            }
            return values;
        }
    }

    private static Map<String, Object> client(String bootstrapServers) {
        return new HashMap<>(Map.of("bootstrap.servers", bootstrapServers));
    }
}
