package dev.sluice.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.TopicNames;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;

class TopicWatchTest {

    private static final Map<String, Object> NOWHERE =
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");

    @Test
    void looksAgainAfterAnErrorAndSaysWhich() {
        AtomicInteger looks = new AtomicInteger();
        Runnable beforeLook = () -> {
            looks.incrementAndGet();
            throw new NoClassDefFoundError("a.Part");
        };
        try (TopicWatch watch = new TopicWatch(NOWHERE, TopicNames.DEFAULT, OptionalInt.empty(), beforeLook)) {
            watch.start();

            await().atMost(Duration.ofSeconds(60)).until(() -> looks.get() > 1);

            assertThat(watch.state().ready()).isFalse();
            assertThat(watch.state().detail()).contains("a.Part");
            assertThat(watch.takesSubmissions()).isFalse();
        }
    }
}
