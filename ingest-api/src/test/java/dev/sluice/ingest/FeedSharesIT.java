package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.settings.Heap;
import dev.sluice.ingest.feed.FeedLimits;
import dev.sluice.test.TestKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers that open as many feeds as they can without ending any leave slots to callers that have none. */
class FeedSharesIT {

    private static final int PLACES = 4;
    private static final String SESSION = "{\"analysis_ref\":\"a\",\"analysis_type\":\"veracode\"}\n";

    private final Map<String, Object> kafka = TestKafka.properties();
    private final TopicNames topics = TestKafka.freshTopics(FeedSharesIT.class);
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Socket> slow = new ArrayList<>();
    private RunningIngest ingest;

    @BeforeEach
    void start() throws Exception {
        RunningIngest.createTopics(kafka, topics);
        ingest = new RunningIngest(new IngestConfig(
                kafka,
                topics,
                OptionalInt.empty(),
                IngestConfig.DEFAULT_ACK_TIMEOUT,
                IdBase.NONE,
                new FeedLimits(PLACES, 200, 1024 * 1024),
                Heap.ofProcess()));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        ingest.close();
        http.close();
    }

    @Test
    void takesAThirdCallersFeedWhileTwoHoldAllThePlacesTheyGet() throws Exception {
        TokenText first = token();
        TokenText second = token();
        TokenText third = token();
        ingest.awaitReady();

        begin(2 * PLACES, first);
        await().atMost(Duration.ofSeconds(30)).until(() -> active(2));
        HttpResponse<String> refused = feed(first);
        begin(2 * PLACES, second);
        await().atMost(Duration.ofSeconds(30)).until(() -> active(3));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.body())
                .isEqualTo("{\"detail\":\"This token has reached its limit of feeds at a time."
                        + " Try again when one has ended.\"}");
        assertThat(feed(second).statusCode()).isEqualTo(429);
        assertThat(feed(third).statusCode()).isEqualTo(200);
    }

    private TokenText token() throws Exception {
        return RunningIngest.createToken(kafka, topics, Role.WRITER);
    }

    private HttpResponse<String> feed(TokenText token) throws Exception {
        return ingest.feed(token, "", BodyPublishers.ofString(SESSION));
    }

    private void begin(int feeds, TokenText token) throws IOException {
        for (int i = 0; i < feeds; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), ingest.port());
            slow.add(socket);
            socket.getOutputStream()
                    .write(("POST " + RunningIngest.SESSIONS + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token "
                                    + token.reveal() + "\r\nContent-Type: application/x-ndjson\r\n"
                                    + "Content-Length: 100000\r\n\r\n" + SESSION)
                            .getBytes(UTF_8));
        }
    }

    private boolean active(int feeds) throws Exception {
        HttpRequest metrics =
                HttpRequest.newBuilder(ingest.uri("/observe/metrics")).build();
        return http.send(metrics, BodyHandlers.ofString())
                .body()
                .contains("sluice_ingest_feeds_active " + feeds + ".0");
    }
}
