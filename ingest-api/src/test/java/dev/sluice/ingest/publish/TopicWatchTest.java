package dev.sluice.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.test.LoggedLines;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;

class TopicWatchTest {

    private static final Map<String, Object> NOWHERE =
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");

    @Test
    void looksAgainAfterAnErrorAndSaysWhichWithoutBlamingKafka() {
        AtomicInteger looks = new AtomicInteger();
        Runnable failing = () -> {
            looks.incrementAndGet();
            throw new NoClassDefFoundError("a.Part");
        };
        try (LoggedLines logged = new LoggedLines(TopicWatch.class);
                TopicWatch watch = new TopicWatch(KafkaLog.of(NOWHERE, TopicNames.DEFAULT), failing)) {
            watch.start();

            await().until(() -> looks.get() > 2);

            assertThat(watch.state().ready()).isFalse();
            assertThat(watch.state().detail())
                    .isEqualTo("the topic " + TopicNames.DEFAULT.submissions()
                            + " cannot be looked at: java.lang.NoClassDefFoundError: a.Part");
            assertThat(watch.partitions()).isEmpty();
            assertThat(logged.events().stream().filter(line -> line.getThrowableProxy() != null))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getThrowableProxy().getClassName())
                            .isEqualTo(NoClassDefFoundError.class.getName()));
        }
    }
}
