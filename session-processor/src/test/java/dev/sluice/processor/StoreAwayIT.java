package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.embedded.EmbeddedStore;
import dev.sluice.embedded.FreePorts;
import dev.sluice.http.observe.ReadinessCheck.State;
import dev.sluice.test.ConcurrentTest;
import dev.sluice.test.TestKafka;
import dev.sluice.test.fault.FaultProxy;
import dev.sluice.test.fault.Moment;
import dev.sluice.test.fault.Then;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While MongoDB is unavailable, everything waits, and no record is lost or dead-lettered because of it. */
class StoreAwayIT {

    @TempDir
    Path folder;

    @ConcurrentTest
    void startsWithoutTheStoreAndGetsWellByItself() throws IOException {
        int port = FreePorts.next();
        try (ProcessorUnderTest processor = on(port).start()) {
            long id = processor.submit(1, ProcessorUnderTest.body("early"));
            await().untilAsserted(() -> assertThat(processor.notReady())
                    .anySatisfy(
                            state -> assertThat(state.detail()).contains("the log cannot be compared with the store")));
            assertThat(processor.get(1, id).status()).isEqualTo(503);

            try (EmbeddedStore store = EmbeddedStore.start(folder.resolve("store.mv"), port)) {
                processor.awaitStored(id);
                await().until(() -> processor.notReady().isEmpty());
                assertThat(processor.get(1, id).status()).isEqualTo(200);
                assertThat(store.uri()).endsWith(":" + port);
                processor.stop();
            }
        }
    }

    @ConcurrentTest
    void waitsForAStoreThatWentAwayInBetween() throws IOException {
        int port = FreePorts.next();
        EmbeddedStore first = EmbeddedStore.start(folder.resolve("store.mv"), port);
        try (ProcessorUnderTest processor = on(port).start()) {
            long before = processor.submit(1, ProcessorUnderTest.body("before"));
            processor.awaitProgress(before);
            await().untilAsserted(() ->
                    assertThat(processor.gauge("sluice.log.records")).isEqualTo(1));
            first.close();
            long during = processor.submit(1, ProcessorUnderTest.body("during"));
            await().until(() -> !processor.notReady().isEmpty());
            assertThat(processor.get(1, during).status()).isEqualTo(503);
            await().untilAsserted(() ->
                    assertThat(processor.gauge("sluice.log.records")).isNaN());

            try (EmbeddedStore second = EmbeddedStore.start(folder.resolve("store.mv"), port)) {
                processor.awaitProgress(during);
                assertThat(processor.kind(during)).isEqualTo("session");
                assertThat(second.uri()).isEqualTo(first.uri());
                await().until(() -> processor.notReady().isEmpty());
                await().untilAsserted(() ->
                        assertThat(processor.gauge("sluice.log.records")).isEqualTo(2));
                processor.stop();
            }
        }
    }

    @ConcurrentTest
    void saysThatItTakesLongWhileIndexesAreBeingMade() throws IOException {
        CountDownLatch made = new CountDownLatch(1);
        try (EmbeddedStore store = EmbeddedStore.start(folder.resolve("store.mv"), 0);
                FaultProxy proxy =
                        FaultProxy.ofMongo("127.0.0.1", URI.create(store.uri()).getPort())) {
            proxy.hooks().at(1, "createIndexes", Moment.BEFORE, _ -> {
                made.await();
                return Then.PASS;
            });
            try (ProcessorUnderTest processor = on(proxy.port()).start()) {
                await().untilAsserted(() -> assertThat(processor.notReady())
                        .contains(State.whileWorking("the store's indexes are being made")));

                made.countDown();

                await().until(() -> processor.notReady().isEmpty());
            }
        }
    }

    /** A batch has ten seconds for what a read has three. */
    @ConcurrentTest
    void answersAReadInTimeWhileTheStoreDoesNotSayHowFarItIs() throws IOException {
        CountDownLatch answered = new CountDownLatch(1);
        try (EmbeddedStore store = EmbeddedStore.start(folder.resolve("store.mv"), 0);
                FaultProxy proxy =
                        FaultProxy.ofMongo("127.0.0.1", URI.create(store.uri()).getPort());
                ProcessorUnderTest processor = on(proxy.port()).start()) {
            long id = processor.submit(1, ProcessorUnderTest.body("of another project"));
            processor.awaitProgress(id);
            proxy.hooks().atEach("find progress", Moment.BEFORE, _ -> {
                answered.await();
                return Then.PASS;
            });
            long begin = System.nanoTime();

            int status = processor.get(2, id).status();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
            assertThat(status).isEqualTo(503);
            answered.countDown();
        }
    }

    /** The first look is that before anything is waited for, the second is that of the wait. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void findsWhatIsStoredWhileALookForItIsAnswered(int nth) throws IOException {
        CountDownLatch looked = new CountDownLatch(1);
        try (EmbeddedStore store = EmbeddedStore.start(folder.resolve("store.mv"), 0);
                FaultProxy proxy =
                        FaultProxy.ofMongo("127.0.0.1", URI.create(store.uri()).getPort());
                ProcessorUnderTest processor = on(proxy.port()).start()) {
            processor.awaitProgress(processor.submit(1, ProcessorUnderTest.body("before")));
            proxy.hooks().at(1, "insert submissions", Moment.BEFORE, _ -> {
                looked.await();
                return Then.PASS;
            });
            long id = processor.submit(1, ProcessorUnderTest.body("stored meanwhile"));
            proxy.hooks().at(nth, "find submissions", Moment.ANSWERED, _ -> {
                looked.countDown();
                processor.awaitProgress(id);
                return Then.PASS;
            });

            assertThat(processor.get(1, id).status()).isEqualTo(200);
            assertThat(looked.getCount()).isZero();
        }
    }

    @ConcurrentTest
    void stopsWithinSecondsWhileItRetries() throws IOException {
        try (ProcessorUnderTest processor = on(FreePorts.next()).start()) {
            processor.submit(1, ProcessorUnderTest.body("never"));
            long begin = System.nanoTime();

            processor.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        }
    }

    private static ProcessorUnderTest on(int port) {
        return new ProcessorUnderTest(
                ProcessorConfig.of(TestKafka.properties(), "mongodb://127.0.0.1:" + port + "/sluice")
                        .withLog(LogConfig.of(TestKafka.freshTopics(StoreAwayIT.class), 1)));
    }
}
