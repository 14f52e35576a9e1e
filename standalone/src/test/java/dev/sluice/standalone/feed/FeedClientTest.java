package dev.sluice.standalone.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.SilentServer;
import dev.sluice.test.ConcurrentTest;
import dev.sluice.test.TestCertificate;
import dev.sluice.test.fault.FaultProxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FeedClientTest {

    @ConcurrentTest
    void isPatientAnewWithEachSmallerPart() throws Exception {
        Segment lines = new Segment(1, Collections.nCopies(64, "{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
        Retries retries = new Retries(Duration.ofSeconds(4), _ -> {});
        try (FeedServer server = new FeedServer();
                FeedClient client = new FeedClient(
                        URI.create(server.url() + "/"), "token", "key", Duration.ofSeconds(2), retries)) {
            server.neverAnswersMoreThan(16);

            assertThat(client.send(lines).durableThrough()).isEqualTo(16);
        }
    }

    @ConcurrentTest
    void sendsLessAtATimeOnceAnAnswerWasTooLate() throws Exception {
        Segment thousand = new Segment(1, Collections.nCopies(1_000, "{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
        Retries retries = new Retries(Duration.ofSeconds(20), _ -> {});
        try (FeedServer server = new FeedServer();
                FeedClient client = new FeedClient(
                        URI.create(server.url() + "/"), "token", "key", Duration.ofSeconds(3), retries)) {
            server.neverAnswersMoreThan(600);

            SegmentAnswer first = client.send(thousand);
            SegmentAnswer second = client.send(thousand.from(501));

            assertThat(first.durableThrough()).isEqualTo(500);
            assertThat(second.durableThrough()).isEqualTo(1_000);
            assertThat(client.send(thousand).durableThrough()).isEqualTo(500);
            assertThat(server.stored()).hasSize(1_000);
            assertThat(server.requests()).isEqualTo(4);
        }
    }

    @ConcurrentTest
    void saysThatItGaveUpBecauseTheServerAsksForMoreThanItsPatience() throws Exception {
        Segment line = new Segment(1, List.of("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
        Retries retries = new Retries(Duration.ofSeconds(20), _ -> {});
        try (FeedServer server = new FeedServer();
                FeedClient client = new FeedClient(
                        URI.create(server.url() + "/"), "token", "key", Duration.ofSeconds(20), retries)) {
            server.willAnswer(429);

            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> client.send(line))
                    .withMessageContaining("too much; gave up after ")
                    .withMessageContaining("the next try would be later than --retry-for allows")
                    .withMessageNotContaining("20 s");
        }
    }

    @ConcurrentTest
    void leavesOutWhatTheServerTellsOtherClientsToDo() throws Exception {
        Segment line = new Segment(1, List.of("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
        Retries retries = new Retries(Duration.ZERO, _ -> {});
        try (FeedServer server = new FeedServer();
                FeedClient client = new FeedClient(
                        URI.create(server.url() + "/"), "token", "key", Duration.ofSeconds(20), retries)) {
            server.willAnswer(503);

            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> client.send(line))
                    .withMessageStartingWith("the server answered 503: It is away; gave up after ");
        }
    }

    @ConcurrentTest
    void endsAtOnceIfTheCertificateIsNotTrusted(@TempDir Path folder) throws Exception {
        Segment line = new Segment(1, List.of("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
        List<String> told = new ArrayList<>();
        Retries retries = new Retries(Duration.ofSeconds(20), told::add);
        try (FeedServer server = new FeedServer();
                FaultProxy front = FaultProxy.ofTls(
                        TestCertificate.make(folder, "unknown"),
                        URI.create(server.url()).getPort());
                FeedClient client = new FeedClient(
                        URI.create("https://localhost:" + front.port() + "/"),
                        "token",
                        "key",
                        Duration.ofSeconds(20),
                        retries)) {

            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> client.send(line))
                    .withMessageStartingWith("the certificate of localhost:" + front.port() + " is not trusted (")
                    .withMessageEndingWith("see docs/security.md#http");
            assertThat(told).isEmpty();
        }
    }

    @ConcurrentTest
    @Timeout(60)
    void givesUpOnAnAnswerThatStopsInTheMiddle() throws Exception {
        Segment line = new Segment(1, List.of("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
        Retries retries = new Retries(Duration.ZERO, _ -> {});
        try (SilentServer server = new SilentServer();
                FeedClient client = new FeedClient(
                        URI.create(server.url() + "/"), "token", "key", Duration.ofMillis(300), retries)) {

            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> client.send(line))
                    .withMessageContaining("in time");
        }
    }
}
