package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.server.HttpConfig;
import dev.sluice.service.settings.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Feeds over connections that are cut, stall, or frame their chunks unusually. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutFeedIT {

    private static final int LINES = 400;
    private static final int CUTS = 50;

    @AutoClose
    private final IngestUnderTest under =
            IngestUnderTest.of(CutFeedIT.class, config -> config, RunningIngest.http("1s"));

    @Test
    void takesEachLineOfAFeedThatWasCutAndSentAgainUntilItWasThroughOnce() throws Exception {
        byte[] feed = IntStream.rangeClosed(1, LINES)
                .mapToObj(i -> session(i) + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8);
        Random random = new Random(20_261_125);
        for (int i = 0; i < CUTS; i++) {
            sendPartOf(feed, random.nextInt(feed.length));
        }

        // Cut feeds keep the token's slots until the server notices.
        HttpResponse<String> answer = await().until(() -> sendWhole(feed), sent -> sent.statusCode() != 429);

        assertThat(answer.statusCode()).isEqualTo(200);
        Map<String, String> byKey = new TreeMap<>();
        under.log().all().forEach(record -> {
            String key = LogUnderTest.headers(record).getOrDefault(SubmissionHeaders.IDEMPOTENCY_KEY, "");
            if (key.startsWith(" cut ")) {
                String value = new String(record.value(), UTF_8);
                assertThat(byKey.putIfAbsent(key, value)).isIn(null, value);
            }
        });
        assertThat(byKey).hasSize(LINES);
        for (int line = 1; line <= LINES; line++) {
            assertThat(byKey).containsEntry(" cut " + line, session(line));
        }
    }

    @Test
    void doesNotTakeHalfALineForALine() throws Exception {
        String whole = session(1) + "\n";
        // The last line is a complete session, but neither its line end nor the rest of the declared body arrived: it
        // may be the beginning of something longer.
        String answer = exchange(
                "Content-Length: 1000", whole + "{\"analysis_ref\":\"half\",\"analysis_type\":\"fortify\"}", true);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"durable_through\":1,");
    }

    @Test
    void stopsAFeedThatDoesNotGetOn() throws Exception {
        String answer = exchange("Content-Length: 1000", session(1) + "\n{\"analysis_ref\":", false);

        assertThat(answer)
                .startsWith("HTTP/1.1 408")
                .contains("\"durable_through\":1,")
                .contains("Connection: close");
    }

    /** The line that it is reading holds all the memory that the token may have. */
    @Test
    void sendsItsWholeSummaryThoughTheTokenHasNoMemoryLeft() throws Exception {
        HttpConfig small = HttpConfig.of(new Environment(Map.of(
                "SLUICE_HTTP_PORT",
                "0",
                "SLUICE_BODY_TIMEOUT",
                "1s",
                "SLUICE_MAX_BODY",
                "512KiB",
                "SLUICE_BODY_BUDGET",
                "1MiB")));
        try (RunningIngest ofSmall = new RunningIngest(under.log().config(), small).awaitReady()) {
            String answer = exchange(
                    ofSmall.port(),
                    "Content-Length: 1000000",
                    session(1) + "\n" + "{}\n".repeat(750) + "x".repeat(200_000),
                    false);

            assertThat(answer)
                    .startsWith("HTTP/1.1 408")
                    .contains("\"durable_through\":751,", "\"rejected\":750,", "\"more_errors\":0")
                    .hasSizeGreaterThan(64 * 1024);
        }
    }

    @Test
    void readsChunksThatAreLongerThanWhatItHolds() throws Exception {
        String lines = (session(1) + " ".repeat(450) + "\n").repeat(20_000);
        String chunk = Integer.toHexString(lines.length()) + "\r\n" + lines + "\r\n0\r\nTrailer: x\r\n\r\n";

        String answer = exchange("Transfer-Encoding: chunked", chunk, false);

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"accepted\":20000,");
    }

    @Test
    void refusesFramingThatTwoReadersCouldReadDifferently() throws Exception {
        assertThat(exchange("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n", false))
                .startsWith("HTTP/1.1 400");
        assertThat(exchange("Transfer-Encoding: chunked", "5\r\nabc\n\n0\r\n\r\n", true))
                .startsWith("HTTP/1.1 400");
        assertThat(exchange("Transfer-Encoding: chunked", "-5\r\n", true)).startsWith("HTTP/1.1 400");
    }

    private HttpResponse<String> sendWhole(byte[] feed) throws Exception {
        return under.feed("", feed, SubmissionHeaders.IDEMPOTENCY_KEY, "cut");
    }

    private void sendPartOf(byte[] feed, int length) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), under.server().port())) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: " + feed.length + "\r\nIdempotency-Key: cut"));
            out.write(feed, 0, length);
            out.flush();
        }
    }

    private String exchange(String headers, String body, boolean endsThere) throws IOException {
        return exchange(under.server().port(), headers, body, endsThere);
    }

    private String exchange(int port, String headers, String body, boolean endsThere) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head(headers));
            out.write(body.getBytes(UTF_8));
            out.flush();
            if (endsThere) {
                socket.shutdownOutput();
            }
            return answer(socket.getInputStream());
        }
    }

    /** Reads to the answer's end: until the connection's it takes seconds, in which the server drops what a client still sends. */
    private static String answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("after %s", head).isNotNegative();
            head.append((char) next);
        }
        int length = Integer.parseInt(head.toString().replaceFirst("(?is).*\\bcontent-length: (\\d+).*", "$1"));
        return head + new String(in.readNBytes(length), UTF_8);
    }

    private byte[] head(String headers) {
        return under.feedHead("", headers).getBytes(UTF_8);
    }

    private static String session(int number) {
        return "{\"analysis_ref\":\"cut-" + number + "\",\"analysis_type\":\"veracode\"}";
    }
}
