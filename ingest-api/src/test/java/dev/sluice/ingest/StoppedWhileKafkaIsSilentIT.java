package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.http.server.HttpConfig;
import dev.sluice.http.server.HttpLimits;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.test.TestKafka;
import dev.sluice.test.fault.Direction;
import dev.sluice.test.fault.KafkaProxies;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoppedWhileKafkaIsSilentIT {

    private static final String SESSION = "{\"analysis_ref\":\"a\",\"analysis_type\":\"veracode\"}";
    private static final Duration DRAIN = Duration.ofSeconds(1);
    private static final Duration STOPS_WITHIN = DRAIN.plusSeconds(5);

    @Test
    void stopsInTimeWithSubmissionsAndAFeedUnderWay() throws Exception {
        LogUnderTest log = LogUnderTest.create(StoppedWhileKafkaIsSilentIT.class);
        TokenText writer = log.token(Role.WRITER);
        try (KafkaProxies proxies = KafkaProxies.of(TestKafka.bootstrapServers())) {
            Map<String, Object> kafka = new HashMap<>(log.kafka());
            kafka.put("bootstrap.servers", proxies.bootstrapServers());
            HttpConfig http =
                    HttpConfig.defaults().withLimits(HttpLimits.defaults().withDrainTimeout(DRAIN));
            RunningIngest ingest =
                    new RunningIngest(IngestConfig.of(KafkaLog.of(kafka, log.topics())), http).awaitReady();
            // So that both producers are in use.
            assertThat(ingest.post(writer, SESSION).statusCode()).isEqualTo(201);
            assertThat(ingest.feed(writer, "", BodyPublishers.ofString(SESSION)).statusCode())
                    .isEqualTo(200);
            proxies.all().forEach(proxy -> proxy.pause(Direction.ANSWERS));
            try (Socket feed = new Socket(InetAddress.getLoopbackAddress(), ingest.port())) {
                feed.getOutputStream()
                        .write((RunningIngest.feedHead(writer, "", "Content-Length: 1000") + SESSION + "\n")
                                .getBytes(UTF_8));
                Thread.ofVirtual().start(() -> post(ingest, writer));
                await().until(() -> metrics(ingest), text -> text.contains("sluice_http_requests_active 2.0"));

                long begun = System.nanoTime();
                ingest.close();

                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(STOPS_WITHIN);
            }
        }
    }

    private static void post(RunningIngest ingest, TokenText writer) {
        try {
            ingest.post(writer, SESSION);
        } catch (IOException | InterruptedException _) {
            // Cut off.
        }
    }

    private static String metrics(RunningIngest ingest) throws IOException {
        try (InputStream metrics = ingest.uri("/observe/metrics").toURL().openStream()) {
            return new String(metrics.readAllBytes(), UTF_8);
        }
    }
}
