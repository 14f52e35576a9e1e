package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.embedded.EmbeddedBroker;
import dev.sluice.embedded.FreePorts;
import dev.sluice.service.kafka.KafkaLog;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FeedWhileKafkaIsAwayIT {

    private static final int LINES = 200;
    private static final int LINES_BEFORE = 50;

    @Test
    void saysThroughWhichLineAllIsDurableAndGoesOnFromThere(@TempDir Path data) throws Exception {
        int port = FreePorts.next();
        Map<String, Object> kafka = Map.of("bootstrap.servers", "127.0.0.1:" + port);
        LogUnderTest log;
        TokenText token;
        try (RunningIngest ingest = new RunningIngest(
                IngestConfig.of(KafkaLog.of(kafka, TopicNames.DEFAULT)).withAckTimeout(Duration.ofSeconds(1)))) {
            long durableThrough;
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ingest.port())) {
                socket.setSoTimeout(60_000);
                BufferedReader answer;
                try (EmbeddedBroker broker = EmbeddedBroker.start(data, port)) {
                    assertThat(broker.bootstrapServers()).endsWith(":" + port);
                    log = LogUnderTest.create(kafka, TopicNames.DEFAULT);
                    token = log.token(Role.WRITER);
                    ingest.awaitReady();
                    send(socket, head(token) + lines(1, LINES_BEFORE));
                    answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
                    // Each line's result arrives as soon as it is durable, although the feed has not ended.
                    while (!answer.readLine().startsWith("{\"line\":" + LINES_BEFORE + ",\"id\":")) {
                        // Skips headers, chunk lengths and the results of earlier lines.
                    }
                }
                send(socket, lines(LINES_BEFORE + 1, LINES));
                durableThrough = stoppedAt(answer);
            }
            assertThat(durableThrough).isEqualTo(LINES_BEFORE);

            try (EmbeddedBroker broker = EmbeddedBroker.start(data, port)) {
                assertThat(broker.bootstrapServers()).endsWith(":" + port);
                ingest.awaitReady();
                HttpResponse<String> rest = ingest.feed(
                        token,
                        "?from_line=" + (durableThrough + 1),
                        BodyPublishers.ofString(lines((int) durableThrough + 1, LINES)),
                        "Idempotency-Key",
                        "away");

                assertThat(rest.statusCode()).isEqualTo(200);
                Set<String> keys = log.all().stream()
                        .map(record -> LogUnderTest.headers(record).get(SubmissionHeaders.IDEMPOTENCY_KEY))
                        .collect(Collectors.toSet());
                assertThat(keys)
                        .isEqualTo(IntStream.rangeClosed(1, LINES)
                                .mapToObj(line -> " away " + line)
                                .collect(Collectors.toSet()));
            }
        }
    }

    private static long stoppedAt(BufferedReader answer) throws Exception {
        for (String line = answer.readLine(); line != null; line = answer.readLine()) {
            if (line.startsWith("{\"summary\"")) {
                JsonNode summary = JsonMapper.shared().readTree(line).get("summary");
                assertThat(summary.get("status").asInt()).isEqualTo(503);
                return summary.get("durable_through").asLong();
            }
        }
        throw new AssertionError("the answer ended without a summary");
    }

    private static void send(Socket socket, String text) throws Exception {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    private static String head(TokenText token) {
        return RunningIngest.feedHead(
                token,
                "?results=all",
                "Idempotency-Key: away\r\nContent-Length: " + lines(1, LINES).length());
    }

    private static String lines(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(line -> "{\"analysis_ref\":\"away-" + line + "\",\"analysis_type\":\"veracode\"}\n")
                .collect(Collectors.joining());
    }
}
