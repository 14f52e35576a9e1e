package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed feeds whose clients flush what they have and then wait, as scanners do that find something now and then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlushedFeedIT {

    private static final Duration SOON = Duration.ofSeconds(5);

    @AutoClose
    private final IngestUnderTest under = IngestUnderTest.of(FlushedFeedIT.class);

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void writesEachFlushedLineToTheLogWhileTheClientIsSilent(String encoding) throws Exception {
        int before = under.log().all().size();
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), under.server().port())) {
            client.getOutputStream().write(head(encoding));
            OutputStream feed = compressed(encoding, new Chunks(client.getOutputStream()));
            for (int line = 1; line <= 3; line++) {
                feed.write("{\"analysis_ref\":\"flushed\",\"analysis_type\":\"veracode\"}\n".getBytes(UTF_8));
                feed.flush();

                int expected = before + line;
                await("line " + line).atMost(SOON).until(() -> under.log().all().size() == expected);
            }
        }
    }

    private byte[] head(String encoding) {
        return under.feedHead("", "Content-Encoding: " + encoding + "\r\nTransfer-Encoding: chunked")
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
