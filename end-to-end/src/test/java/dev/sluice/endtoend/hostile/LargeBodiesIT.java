package dev.sluice.endtoend.hostile;

import static dev.sluice.endtoend.hostile.HostileServer.SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that try to use much more memory than the heap, in various ways. */
class LargeBodiesIT {

    private static final int MEBIBYTE = 1 << 20;
    private static final int LARGEST_BODY = 8 * MEBIBYTE;
    private static final int AT_ONCE = 14;
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String NDJSON = "Content-Type: application/x-ndjson\r\n";
    private static final String BEGINNING = "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\",\"extra\":{\"a\":";

    private final HostileServer server = HostileServer.edge();

    @AfterEach
    void othersAreServedAndNothingIsHeld() throws IOException {
        server.assertServesOthers();
        server.assertHoldsNoMoreThanAtFirst();
    }

    @Test
    void stopsExpandingAGzipBomb() throws IOException {
        byte[] member = gzip(new byte[16 * MEBIBYTE]);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        for (int i = 0; i < 64; i++) {
            bomb.writeBytes(member);
        }

        assertThat(feed("Content-Encoding: gzip\r\n", bomb.toByteArray()).status())
                .isEqualTo(413);
    }

    @Test
    void stopsExpandingAZstdBomb() throws IOException {
        // A frame whose blocks each expand to 128 KiB of zeros.
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0x58});
        for (int i = 0; i < 32 * 1024; i++) {
            bomb.writeBytes(new byte[] {2, 0, 0x10, 0});
        }

        assertThat(feed("Content-Encoding: zstd\r\n", bomb.toByteArray()).status())
                .isEqualTo(413);
    }

    @Test
    void skipsALineWithoutEnd() throws IOException {
        byte[] line = "a".repeat(MEBIBYTE).getBytes(StandardCharsets.US_ASCII);
        try (RawClient connection = server.connect()) {
            connection.send(server.head("POST", SESSIONS, NDJSON + "Content-Length: " + 256L * MEBIBYTE + "\r\n\r\n"));
            for (int i = 0; i < 256; i++) {
                connection.send(line);
            }

            RawClient.Response answer = connection.receive();
            assertThat(answer.status()).isEqualTo(207);
            assertThat(answer.body()).contains("The line has 268435456 bytes: expected at most 8388608.");
        }
    }

    @Test
    void refusesManyLargeBodiesAtOnceWithoutRunningOutOfMemory() throws Exception {
        // None of them is complete JSON, which shows only at the end.
        List<String> bodies = List.of(
                filled("[", "["),
                filled("[1", ",1"),
                filled("\"", "\\u0000"),
                filled("\"", "\u00c3\u00a4"),
                filled("9", "9"),
                filled("[{}", ",{}"),
                names());
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> clients.submit(() -> post(bodies.get(i % bodies.size()))))
                    .toList();
            server.assertServesOthers();

            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(400, 408, 413, 429, 503);
            }
        }
    }

    private RawClient.Response feed(String headers, byte[] body) throws IOException {
        try (RawClient connection = server.connect()) {
            connection.send(
                    server.head("POST", SESSIONS, NDJSON + headers + "Content-Length: " + body.length + "\r\n\r\n"));
            return connection.send(body).receive();
        }
    }

    private int post(String body) throws IOException {
        try (RawClient connection = server.connect()) {
            connection.send(server.head("POST", SESSIONS, JSON + "Content-Length: " + body.length() + "\r\n\r\n"));
            return connection.send(body).receive().status();
        }
    }

    /** Almost the maximum length of a body, and not closed. */
    private static String filled(String start, String repeated) {
        return BEGINNING + start + repeated.repeat((LARGEST_BODY - 100) / repeated.length());
    }

    private static String names() {
        StringBuilder names = new StringBuilder(BEGINNING).append("{\"n\":0");
        for (int i = 0; names.length() < LARGEST_BODY - 100; i++) {
            names.append(",\"").append(i).append("\":0");
        }
        return names.toString();
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
