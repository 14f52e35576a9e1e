package dev.sluice.standalone.start;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.embedded.EmbeddedBroker;
import dev.sluice.processor.topic.KafkaTopics;
import dev.sluice.service.kafka.RecordCodecs;
import dev.sluice.standalone.command.AnnouncedAddress;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.FailureLine;
import dev.sluice.standalone.store.GivenStore;
import dev.sluice.standalone.store.Store;
import dev.sluice.standalone.token.KafkaTokens;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The broker, the store and both services in one process. Closing starts with what takes requests and ends with what
 * stores them; each step has a time limit, and all steps together take less than ten seconds.
 */
public final class Standalone implements AutoCloseable {

    private static final Duration BROKER_STOPS_WITHIN = Duration.ofMillis(1500);
    private static final Duration STORE_STOPS_WITHIN = Duration.ofMillis(1500);

    private final StartOptions options;
    private final DataFolder folder;
    private final Clock clock;
    private final ClosingOrder running = new ClosingOrder();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable ReadyMessage ready;

    /** Takes ownership of {@code folder} and closes it at the end. */
    public Standalone(StartOptions options, DataFolder folder, Clock clock) {
        this.options = options;
        this.folder = folder;
        this.clock = clock;
    }

    /** Like {@link #start(Consumer)}, without messages. */
    public void start() {
        start(_ -> {});
    }

    /**
     * Starts everything and returns when it is ready.
     *
     * @param tell receives one-line messages during startup
     * @throws CommandFailure if it cannot start, with a message for the user
     */
    void start(Consumer<String> tell) {
        try {
            running.start("data folder", Duration.ofMillis(200), () -> folder);
            RecordCodecs.load();
            Ports.requireFree(options);
            KafkaCluster kafka = startKafka();
            Store store = startStore(tell);
            ready = startServices(kafka, store, tell);
        } catch (CommandFailure e) {
            throw e;
        } catch (Exception e) {
            if (running.isClosing()) {
                throw new CommandFailure("stopped before it was ready", e);
            }
            throw new CommandFailure(
                    "cannot start: " + OptionNames.in(FailureLine.reason(e)) + " (more is in " + folder.log() + ")", e);
        }
    }

    public String baseUrl() {
        return ready().baseUrl();
    }

    public Path adminToken() {
        return ready().token().file();
    }

    String readyMessage() {
        return ready().text();
    }

    void awaitClose() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        running.close();
        closed.countDown();
    }

    private ReadyMessage ready() {
        return Objects.requireNonNull(ready, "it is not started");
    }

    private KafkaCluster startKafka() throws Exception {
        String given = options.kafka();
        KafkaCluster kafka =
                given == null ? KafkaCluster.at(startBroker().bootstrapServers(), true) : KafkaCluster.at(given, false);
        folder.announce(AnnouncedAddress.KAFKA, kafka.bootstrapServers());
        return kafka;
    }

    private EmbeddedBroker startBroker() throws Exception {
        return running.start(
                "Kafka broker", BROKER_STOPS_WITHIN, () -> EmbeddedBroker.start(folder.kafka(), options.kafkaPort()));
    }

    private Store startStore(Consumer<String> tell) throws Exception {
        GivenStore given = options.mongodb();
        if (given != null) {
            // Goes on, because it waits for a store.
            given.trouble().ifPresent(tell);
        }
        Store store = given != null ? given : running.start("store", STORE_STOPS_WITHIN, folder.stores()::start);
        folder.announce(AnnouncedAddress.STORE, store.uri());
        return store;
    }

    private ReadyMessage startServices(KafkaCluster kafka, Store store, Consumer<String> tell) throws Exception {
        TopicNames topics = TopicNames.DEFAULT;
        KafkaTopics.ensure(kafka.settings(), topics, TopicSettings.DEFAULT_PARTITIONS, kafka.replicas());
        AdminToken token = AdminToken.ensure(folder, new KafkaTokens(kafka.settings(), topics), clock, tell);
        int port = new Services(options, kafka, store, new DiskSpace(folder.kafka()), clock).start(running, tell);
        // The same URL as the commands' default.
        folder.announce(AnnouncedAddress.API, "http://localhost:" + port);
        return new ReadyMessage(
                "http://127.0.0.1:" + port,
                token,
                kafka.bootstrapServers(),
                store.uri(),
                store.description(),
                folder.log());
    }
}
