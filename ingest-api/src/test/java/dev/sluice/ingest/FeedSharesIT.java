package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.http.server.HttpConfig;
import dev.sluice.ingest.feed.FeedLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Callers that open as many feeds as they can without ending any leave slots to callers that have none. */
class FeedSharesIT {

    private static final int PLACES = 4;
    private static final String SESSION = "{\"analysis_ref\":\"a\",\"analysis_type\":\"veracode\"}\n";

    @AutoClose
    private final IngestUnderTest under = IngestUnderTest.of(
            FeedSharesIT.class,
            config -> IngestUnderTest.withFeeds(config, new FeedLimits(PLACES, 200, 1024 * 1024)),
            HttpConfig.defaults());

    @AutoClose
    private final HttpClient http = HttpClient.newHttpClient();

    private final List<Socket> slow = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void takesAThirdCallersFeedWhileTwoHoldAllThePlacesTheyGet() throws Exception {
        TokenText first = under.writer();
        TokenText second = under.token(Role.WRITER);
        TokenText third = under.token(Role.WRITER);

        begin(2 * PLACES, first);
        await().until(() -> active(2));
        HttpResponse<String> refused = feed(first);
        begin(2 * PLACES, second);
        await().until(() -> active(3));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.body())
                .isEqualTo("{\"detail\":\"This token has reached its limit of feeds at a time."
                        + " Try again when one has ended.\"}");
        assertThat(feed(second).statusCode()).isEqualTo(429);
        assertThat(feed(third).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> feed(TokenText token) throws Exception {
        return under.server().feed(token, "", BodyPublishers.ofString(SESSION));
    }

    private void begin(int feeds, TokenText token) throws IOException {
        for (int i = 0; i < feeds; i++) {
            Socket socket =
                    new Socket(InetAddress.getLoopbackAddress(), under.server().port());
            slow.add(socket);
            socket.getOutputStream()
                    .write((RunningIngest.feedHead(token, "", "Content-Length: 100000") + SESSION).getBytes(UTF_8));
        }
    }

    private boolean active(int feeds) throws Exception {
        HttpRequest metrics =
                HttpRequest.newBuilder(under.server().uri("/observe/metrics")).build();
        return http.send(metrics, BodyHandlers.ofString())
                .body()
                .contains("sluice_ingest_feeds_active " + feeds + ".0");
    }
}
