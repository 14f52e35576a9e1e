package dev.sluice.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.service.kafka.KafkaLog;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TopicWatchTest {

    private static final Map<String, Object> NOWHERE =
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");

    private final Logger logger = (Logger) LoggerFactory.getLogger(TopicWatch.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
    }

    @Test
    void looksAgainAfterAnErrorAndSaysWhichWithoutBlamingKafka() {
        AtomicInteger looks = new AtomicInteger();
        Runnable beforeLook = () -> {
            looks.incrementAndGet();
            throw new NoClassDefFoundError("a.Part");
        };
        try (TopicWatch watch = new TopicWatch(KafkaLog.of(NOWHERE, TopicNames.DEFAULT), beforeLook)) {
            watch.start();

            await().atMost(Duration.ofSeconds(60)).until(() -> looks.get() > 2);

            assertThat(watch.state().ready()).isFalse();
            assertThat(watch.state().detail())
                    .isEqualTo("the topic " + TopicNames.DEFAULT.submissions()
                            + " cannot be looked at: java.lang.NoClassDefFoundError: a.Part");
            assertThat(watch.takesSubmissions()).isFalse();
        }
        assertThat(logged.list.stream().filter(line -> line.getThrowableProxy() != null))
                .singleElement()
                .satisfies(line -> assertThat(line.getThrowableProxy().getClassName())
                        .isEqualTo(NoClassDefFoundError.class.getName()));
    }
}
