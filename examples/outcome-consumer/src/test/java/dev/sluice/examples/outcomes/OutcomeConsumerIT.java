package dev.sluice.examples.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.test.TestKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeConsumerIT {

    private static final int ROUNDS = 2;
    private static final int PER_ROUND = 500;

    private final String topic = TestKafka.freshTopics(OutcomeConsumerIT.class).outcomes();

    @Test
    void countsEachOutcomeOnceThoughItIsToldTwiceAndTheConsumerIsKilled(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("tallies.json");
        try (Admin admin = Admin.create(TestKafka.properties())) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(TestKafka.properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int round = 0; round < ROUNDS; round++) {
                Process consumer = start(file);
                try {
                    // Publishes the last outcomes of the previous round again, like a processor that died before it
                    // recorded them.
                    tell(producer, Math.max(0, round * PER_ROUND - 100), (round + 1) * PER_ROUND);
                    int atLeast = round * PER_ROUND + 1;
                    await().until(() -> stored(file) >= atLeast);
                } finally {
                    consumer.destroyForcibly().waitFor();
                }
            }
            Process consumer = start(file);
            try {
                tell(producer, 0, ROUNDS * PER_ROUND + 1);
                await().until(() -> stored(file) > ROUNDS * PER_ROUND);
            } finally {
                consumer.destroyForcibly().waitFor();
            }
        }

        assertThat(Tallies.load(file).byProject())
                .hasToString("{\"1\":{\"stored\":1001,\"notes fail\":2002,\"notes pass\":1001}}");
    }

    private void tell(KafkaProducer<byte[], byte[]> producer, int from, int to) throws Exception {
        List<Future<?>> sends = new ArrayList<>();
        for (int offset = from; offset < to; offset++) {
            String outcome = "{\"version\":1,\"id\":" + (((offset + 1L) << 8) | 3)
                    + ",\"project\":1,\"state\":\"stored\",\"notes\":{\"fail\":2,\"pass\":1}}";
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, bytes("1"), bytes(outcome));
            record.headers().add("ce_id", bytes("3-" + offset));
            sends.add(producer.send(record));
        }
        for (Future<?> send : sends) {
            send.get(20, TimeUnit.SECONDS);
        }
    }

    private static long stored(Path file) throws IOException {
        return Tallies.load(file).byProject().at("/1/stored").asLong(0);
    }

    private Process start(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OutcomeConsumer.class.getName(),
                        TestKafka.bootstrapServers(),
                        file.toString(),
                        topic)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
