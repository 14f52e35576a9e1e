package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed feeds whose clients flush what they have and then wait, as scanners do that find something now and then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlushedFeedIT {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Map<String, Object> kafka = TestKafka.properties();
    private final TopicNames topics = TestKafka.freshTopics(FlushedFeedIT.class);
    private final TopicRecords log = new TopicRecords(kafka, topics);
    private TokenText writer;
    private RunningIngest ingest;

    @BeforeAll
    void start() throws Exception {
        RunningIngest.createTopics(kafka, topics);
        writer = RunningIngest.createToken(kafka, topics, Role.WRITER);
        ingest = new RunningIngest(IngestConfig.of(kafka, topics)).awaitReady();
    }

    @AfterAll
    void stop() {
        ingest.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void writesEachFlushedLineToTheLogWhileTheClientIsSilent(String encoding) throws Exception {
        int before = log.all().size();
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), ingest.port())) {
            client.getOutputStream().write(head(encoding));
            OutputStream feed = compressed(encoding, new Chunks(client.getOutputStream()));
            for (int line = 1; line <= 3; line++) {
                feed.write("{\"analysis_ref\":\"flushed\",\"analysis_type\":\"veracode\"}\n".getBytes(UTF_8));
                feed.flush();

                int expected = before + line;
                await("line " + line).atMost(SOON).until(() -> log.all().size() == expected);
            }
        }
    }

    private byte[] head(String encoding) {
        return ("POST " + RunningIngest.SESSIONS + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Token "
                        + writer.reveal()
                        + "\r\nContent-Type: application/x-ndjson\r\nContent-Encoding: " + encoding
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                .getBytes(UTF_8);
    }

    private static OutputStream compressed(String encoding, OutputStream out) throws IOException {
        return encoding.equals("gzip")
                ? new GZIPOutputStream(out, 512, true)
                : new ZstdOutputStreamNoFinalizer(out).setCloseFrameOnFlush(false);
    }

    private static final class Chunks extends FilterOutputStream {

        private Chunks(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write((Integer.toHexString(length) + "\r\n").getBytes(UTF_8));
            out.write(bytes, offset, length);
            out.write("\r\n".getBytes(UTF_8));
        }
    }
}
