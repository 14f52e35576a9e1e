package dev.sluice.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.sluice.test.LoggedLines;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenUsesTest {

    private static final Map<String, Object> NOWHERE =
            Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");

    @AutoClose
    private final LoggedLines logged = new LoggedLines(TokenUses.class);

    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> uncaught.add(e));
    }

    @AfterEach
    void listenNoMore() {
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    @Test
    void endsQuietlyWhenItIsClosedWhileItTells() {
        TokenUses uses = new TokenUses(NOWHERE, "token-uses", Clock.systemUTC());
        uses.used("0123456789abcdef", Clock.systemUTC().instant());
        uses.start();
        await().until(TokenUsesTest::isTelling);

        uses.close();

        await().until(() -> stack().length == 0);
        assertThat(uncaught).isEmpty();
        assertThat(logged.all()).noneMatch(line -> line.contains("Interrupt"));
    }

    /** Uses Kafka's MockProducer: no broker fails just one of two records. */
    @Test
    void tellsAgainWhatWasNotTakenThoughALaterOneWas() {
        List<MockProducer<byte[], byte[]>> made = new CopyOnWriteArrayList<>();
        try (TokenUses uses = new TokenUses(
                () -> {
                    made.add(new MockProducer<>(
                            !made.isEmpty(), null, new ByteArraySerializer(), new ByteArraySerializer()));
                    return made.getLast();
                },
                "token-uses",
                Clock.systemUTC())) {
            uses.used("one", Clock.systemUTC().instant());
            uses.used("two", Clock.systemUTC().instant());
            uses.start();
            await().until(() -> !made.isEmpty() && made.getFirst().history().size() == 2);
            byte[] notTaken = made.getFirst().history().getFirst().key();

            made.getFirst().errorNext(new TimeoutException("no metadata"));
            made.getFirst().completeNext();

            await().until(() -> made.size() > 1
                    && made.getLast().history().stream().anyMatch(record -> Arrays.equals(record.key(), notTaken)));
        }
    }

    @Test
    void goesOnAfterAnErrorOfWhateverKind() {
        AtomicInteger tries = new AtomicInteger();
        MockProducer<byte[], byte[]> working =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (TokenUses uses = new TokenUses(
                () -> {
                    if (tries.getAndIncrement() == 0) {
                        throw new NoClassDefFoundError("of a serializer");
                    }
                    return working;
                },
                "token-uses",
                Clock.systemUTC())) {
            uses.used("one", Clock.systemUTC().instant());
            uses.start();

            await().until(() -> working.history().size() == 1);
        }
        assertThat(logged.events())
                .extracting(ILoggingEvent::getThrowableProxy)
                .extracting(IThrowableProxy::getMessage)
                .containsExactly("of a serializer");
    }

    private static boolean isTelling() {
        return Arrays.stream(stack())
                .anyMatch(frame -> frame.getClassName().equals(KafkaProducer.class.getName())
                        && frame.getMethodName().equals("send"));
    }

    private static StackTraceElement[] stack() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("token-uses"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(new StackTraceElement[0]);
    }
}
