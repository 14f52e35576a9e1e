package dev.sluice.standalone.start;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.embedded.FreePorts;
import dev.sluice.http.quota.Quotas;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.store.GivenStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

class StandaloneIT {

    private static final String SESSIONS = "/api/v2/projects/1/analysis-sessions/";

    @TempDir
    private Path data;

    @Test
    void keepsSessionsAndTheTokenAcrossRestarts() throws Exception {
        String location;
        String token;
        try (StandaloneUnderTest standalone = start()) {
            token = Files.readString(standalone.adminToken());
            HttpResponse<String> created =
                    standalone.post(SESSIONS, "{\"analysis_ref\": \"kept\", \"analysis_type\": \"fortify\"}");
            assertThat(created.statusCode()).isEqualTo(201);
            location = StandaloneUnderTest.location(created);
            await().untilAsserted(() -> assertThat(kafkaClients())
                    .contains("sluice-ingest-api-installation", "sluice-session-processor-installation"));
        }

        try (StandaloneUnderTest standalone = start()) {
            HttpResponse<String> read = standalone.get(location);

            assertThat(standalone.adminToken()).hasContent(token.strip());
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.body()).contains("\"analysis_ref\":\"kept\"");
        }
    }

    @Test
    void saysThatANewTokenLeavesTheFormerOneValid() throws Exception {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        try (Standalone standalone = unstarted()) {
            standalone.start(told::add);
            assertThat(told).isEmpty();
            Files.delete(standalone.adminToken());
        }

        try (Standalone standalone = unstarted()) {
            standalone.start(told::add);
            assertThat(told)
                    .singleElement(STRING)
                    .contains("a new administrator's token was made; another one is valid until revoked");
        }
    }

    /** What it accepted meanwhile could lie in a partition that the project never had. */
    @Test
    void listensOnlyOnceTheTopicHasBeenComparedWithTheStore() throws Exception {
        try (StandaloneUnderTest _ = start();
                FolderBacking open = FolderBacking.open(data, "test");
                Admin admin = Admin.create(Map.of("bootstrap.servers", open.openKafka()))) {
            admin.createPartitions(Map.of(TopicNames.DEFAULT.submissions(), NewPartitions.increaseTo(13)))
                    .all()
                    .get();
        }
        int port = FreePorts.next();

        CompletableFuture<?> starting = CompletableFuture.supplyAsync(
                () -> start(new StartOptions(port, 0, null, null, IdBase.NONE, "", Quotas.NONE)));
        AtomicBoolean listened = new AtomicBoolean();
        // Not all the time, which would take the CPU from what is starting.
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(50))
                .until(() -> {
                    listened.compareAndSet(false, isListenedOn(port));
                    return starting.isDone();
                });

        assertThat(starting).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("13 partitions");
        assertThat(listened).isFalse();
    }

    @Test
    void lendsItsKafkaAndStoreToCommandsWhileItRunsAndWhenItIsStopped() throws Exception {
        try (StandaloneUnderTest standalone = start();
                FolderBacking open = FolderBacking.open(data, "test")) {
            assertThat(standalone.readyMessage()).contains(open.openKafka(), open.openStore());
            assertThat(open.isRunning()).isTrue();
        }

        try (FolderBacking open = FolderBacking.open(data, "test")) {
            assertThat(KafkaCluster.at(open.openKafka(), true).replicas()).isEqualTo((short) 1);
            assertThat(open.openStore()).startsWith("mongodb://127.0.0.1:").endsWith("/sluice");
            assertThat(open.isRunning()).isFalse();
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> FolderBacking.open(data, "test").openKafka())
                    .withMessageContaining("is in use by another Sluice")
                    .withMessageEndingWith("or wait until it is ready");
        }
        start().close();
    }

    @Test
    void saysThatThereIsNoDataRatherThanMakeAny() {
        Path none = data.resolve("none");

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> FolderBacking.open(none, "test"))
                .withMessage(none + " is not a Sluice data folder");

        assertThat(none).doesNotExist();
    }

    @Test
    void saysThatTheLogIsElsewhereRatherThanStartABrokerWithoutOne() throws Exception {
        DataFolder.open(data).close();

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> FolderBacking.open(data, "test").openKafka())
                .withMessageContaining("holds no log")
                .withMessageEndingWith("say where with --data " + data + " --kafka HOST:PORT");

        assertThat(data.resolve("kafka")).isEmptyDirectory();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void saysThatNoKafkaAnswersWhereItWasToldToFindOne() {
        StartOptions options = new StartOptions(0, 0, "127.0.0.1:1", null, IdBase.NONE, "", Quotas.NONE);
        try (Standalone standalone = new Standalone(options, DataFolder.open(data), Clock.systemUTC())) {
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(standalone::start)
                    .withMessage("no Kafka answers at 127.0.0.1:1 within 10 s");
        }
    }

    @Test
    void saysWhatItWaitsForAndThatItWasStoppedMeanwhile() {
        StartOptions options = new StartOptions(
                0, 0, null, new GivenStore("mongodb://user:secret@127.0.0.1:1/x"), IdBase.NONE, "", Quotas.NONE);
        Queue<String> told = new ConcurrentLinkedQueue<>();
        Standalone standalone = new Standalone(options, DataFolder.open(data), Clock.systemUTC());
        CompletableFuture<Void> starting = CompletableFuture.runAsync(() -> standalone.start(told::add));
        try {
            await().atMost(Duration.ofSeconds(50))
                    .until(() -> told.stream().anyMatch(line -> line.startsWith("waiting for processor-")));
        } finally {
            standalone.close();
        }

        assertThat(told).first(STRING).startsWith("the store at 127.0.0.1:1 cannot be used: ");
        assertThat(starting)
                .failsWithin(Duration.ofSeconds(50))
                .withThrowableThat()
                .withMessageContaining("stopped before it was ready");
    }

    private StandaloneUnderTest start() {
        return start(StartOptions.ON_ANY_PORTS);
    }

    private StandaloneUnderTest start(StartOptions options) {
        return StandaloneUnderTest.start(data, options);
    }

    private Standalone unstarted() {
        return new Standalone(StartOptions.ON_ANY_PORTS, DataFolder.open(data), Clock.systemUTC());
    }

    private static boolean isListenedOn(int port) {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            // The check whether the port is free also listens for a moment, and says nothing.
            connection.setSoTimeout(5_000);
            connection
                    .getOutputStream()
                    .write("GET /observe/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            return connection.getInputStream().read() >= 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static Stream<String> kafkaClients() throws JMException {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("kafka.consumer:type=app-info,id=*"), null)
                .stream()
                .map(name -> name.getKeyProperty("id"));
    }
}
