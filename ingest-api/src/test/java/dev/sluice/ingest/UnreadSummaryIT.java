package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.http.server.HttpConfig;
import dev.sluice.http.server.HttpLimits;
import dev.sluice.ingest.feed.FeedLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A client that does not read its feed's summary, on a server that takes one feed at a time. */
class UnreadSummaryIT {

    private static final Pattern UNAUTHENTICATED =
            Pattern.compile("^sluice_http_requests_seconds_count\\{.*status=\"401\".*} (\\d+)$", Pattern.MULTILINE);
    private static final String SHORT_REQUEST = "GET /api/v2/ HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @AutoClose
    private final IngestUnderTest under = IngestUnderTest.of(
            UnreadSummaryIT.class,
            config -> IngestUnderTest.withFeeds(config, new FeedLimits(1, 200, 1024 * 1024)),
            HttpConfig.defaults().withLimits(withAnswerTimeout(HttpLimits.defaults(), Duration.ofSeconds(5))));

    @AutoClose
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void keepsTheFeedsSlotNoLongerThanAWriteMayTake() throws Exception {
        int fitting = answersThatAreSentUnread();
        try (Socket client = connect()) {
            // Leaves less room for the summary than it needs.
            send(client, SHORT_REQUEST.repeat(fitting - 200) + feedOfBadLines());
            await().until(() -> metrics().contains("sluice_ingest_feed_lines_total{result=\"rejected\"} 1000"));

            assertThat(statusOfAFeed()).isEqualTo(503);
            await().until(() -> statusOfAFeed() == 200);
        }
    }

    /** The number of answers that the system holds before the server must wait for the client. */
    private int answersThatAreSentUnread() throws Exception {
        try (Socket client = connect()) {
            Thread.ofVirtual().start(() -> sendUntilItIsClosed(client));
            int[] sent = {0};
            await().during(Duration.ofSeconds(3)).until(() -> {
                int before = sent[0];
                sent[0] = answered();
                return sent[0] > 0 && sent[0] == before;
            });
            return sent[0];
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), under.server().port()));
        return socket;
    }

    private static void sendUntilItIsClosed(Socket client) {
        try {
            while (true) {
                send(client, SHORT_REQUEST.repeat(100));
            }
        } catch (IOException _) {
            // It has been closed.
        }
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    private String feedOfBadLines() {
        String lines = "{}\n".repeat(1_000);
        return under.feedHead("", "Content-Length: " + lines.length()) + lines;
    }

    private int statusOfAFeed() throws Exception {
        return under.feed("", new byte[] {'\n'}).statusCode();
    }

    private int answered() throws Exception {
        Matcher counted = UNAUTHENTICATED.matcher(metrics());
        return counted.find() ? Integer.parseInt(counted.group(1)) : 0;
    }

    private String metrics() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(under.server().uri("/observe/metrics")).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private static HttpLimits withAnswerTimeout(HttpLimits limits, Duration answerTimeout) {
        return new HttpLimits(
                limits.maxBodyBytes(),
                limits.bodyTimeout(),
                limits.bodyBudgetBytes(),
                limits.maxConnections(),
                limits.maxRequests(),
                limits.headerTimeout(),
                limits.idleTimeout(),
                answerTimeout,
                limits.drainTimeout());
    }
}
