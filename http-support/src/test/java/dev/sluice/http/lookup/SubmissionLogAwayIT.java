package dev.sluice.http.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.embedded.EmbeddedBroker;
import dev.sluice.embedded.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionLogAwayIT {

    @Test
    void cannotSayWhileKafkaIsAwayAndGetsWellWhenItComes(@TempDir Path data) throws Exception {
        int port = FreePorts.next();
        SubmissionsTopic topic =
                new SubmissionsTopic(Map.of("bootstrap.servers", "127.0.0.1:" + port), TopicNames.DEFAULT);
        try (SubmissionLog log = new SubmissionLog(topic.log(), "test")) {
            cannotSayInTime(log, new SubmissionId(0, 0));

            SubmissionId id;
            try (EmbeddedBroker broker = EmbeddedBroker.start(data, port)) {
                assertThat(broker.bootstrapServers()).endsWith(":" + port);
                topic.create();
                id = topic.send(1, "value");
                awaitFound(log, id);
            }

            cannotSayInTime(log, id);
            try (EmbeddedBroker broker = EmbeddedBroker.start(data, port)) {
                assertThat(broker.bootstrapServers()).endsWith(":" + port);
                awaitFound(log, id);
            }
        }
    }

    private static void cannotSayInTime(SubmissionLog log, SubmissionId id) {
        long start = System.nanoTime();

        assertThat(look(log, id)).isInstanceOf(LogLookup.NotNow.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    private static void awaitFound(SubmissionLog log, SubmissionId id) {
        await().until(() -> look(log, id) instanceof LogLookup.Found);
    }

    private static LogLookup look(SubmissionLog log, SubmissionId id) {
        return log.withSlot(id, found -> found);
    }
}
