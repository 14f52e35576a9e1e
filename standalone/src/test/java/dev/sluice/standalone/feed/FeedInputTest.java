package dev.sluice.standalone.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FeedInputTest extends FeedTest {

    @Test
    void readsCompressedFilesAndJsonArrays() throws Exception {
        Path gzipped = folder.resolve("array.gz");
        Files.write(gzipped, gzip("[ {\"a\": \"],[\\\"\",\n \"b\": 1.50},\n{\"c\":[{}]} ]"));
        Path zstd = folder.resolve("lines.zst");
        Files.write(zstd, Zstd.compress("{\"z\":1}\n".getBytes(UTF_8)));

        assertThat(run.feed(gzipped)).isZero();
        assertThat(server.stored().values()).containsExactly("{\"a\": \"],[\\\"\",  \"b\": 1.50}", "{\"c\":[{}]} ");
        assertThat(run.feed(zstd)).isZero();
        assertThat(server.stored().values()).containsExactly("{\"z\":1}");
    }

    @Test
    void doesNotTakeAGzipFileForFedWhoseRestIsNoGzip() throws Exception {
        byte[] member = gzip("{\"a\":1}\n");
        for (byte[] rest : List.of("{\"a\":2}\n".getBytes(UTF_8), Arrays.copyOf(member, 5))) {
            Path gzipped = Files.write(folder.resolve("lines.gz"), concat(member, rest));

            assertThat(run.feed(gzipped, "--restart")).isEqualTo(1);

            assertThat(run.err())
                    .contains("gzip data", "through line 1; once " + gzipped + " is whole, feed the rest with");
            assertThat(server.stored()).hasSize(1);
            assertThat(run.feed(gzipped)).isEqualTo(1);
        }
    }

    @Test
    void saysHowToFeedTheRestOfAFileThatWasDamaged() throws Exception {
        Path gzipped = folder.resolve("lines.gz");
        byte[] whole = concat(gzip("{\"a\":1}\n"), gzip("{\"a\":2}\n"));
        Files.write(gzipped, Arrays.copyOf(whole, whole.length - 1));
        assertThat(run.feed(gzipped)).isEqualTo(1);
        String advice = run.err().substring(run.err().indexOf("--restart")).strip();
        Files.write(gzipped, whole);

        assertThat(run.feed(gzipped, advice.split(" "))).isZero();

        assertThat(server.stored().values()).containsExactly("{\"a\":1}", "{\"a\":2}");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void endsAfterARefusalThoughTheCompressedPipeIsSilent() throws Exception {
        ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        OutputStream zstd = new ZstdOutputStream(beginning);
        zstd.write("{\"a\":1}\n".getBytes(UTF_8));
        zstd.flush();
        server.willAnswer(403);
        InputStream standardInput = System.in;
        Semaphore delivery = new Semaphore(0);
        System.setIn(new SequenceInputStream(new ByteArrayInputStream(beginning.toByteArray()), silentUntil(delivery)));
        try {
            assertThat(run.feed(Path.of("-"))).isEqualTo(1);
        } finally {
            delivery.release();
            System.setIn(standardInput);
        }
        assertThat(run.err()).contains("the server answered 403", "--from-line 1");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void refusesANamedPipeWhichCannotBeReadTwice() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(run.feed(pipe)).isEqualTo(1);

        assertThat(run.err()).contains("expected a file, or - for standard input");
    }

    @Test
    void saysWhereAnArrayIsMalformedAfterFeedingWhatCameBefore() throws Exception {
        Files.writeString(file, "[{\"a\":1},{\"a\":2");

        assertThat(run.feed()).isEqualTo(1);

        assertThat(server.stored().values()).containsExactly("{\"a\":1}");
        assertThat(run.err()).contains("not a JSON array: the array ends in the middle at byte");
    }

    @Test
    void feedsNothingThatIsNoElementOfAnArray() throws Exception {
        for (String malformed :
                List.of("[{\"a\":1},,{\"a\":2}]", "[{\"a\":1},]", "[{\"a\":1}]]", "[{\"a\":1},{\"a\":\"\n\"}]")) {
            Files.writeString(file, malformed);

            assertThat(run.feed(file, "--restart")).isEqualTo(1);

            assertThat(server.stored().values()).containsExactly("{\"a\":1}");
            assertThat(run.err()).contains("not a JSON array: ");
        }
        Files.writeString(file, "[{\"a\":\"\\\\\"},{\"a\":2}]");
        assertThat(run.feed(file, "--restart")).isZero();
        assertThat(server.stored().values()).containsExactly("{\"a\":\"\\\\\"}", "{\"a\":2}");
    }

    /** Like a pipe, which an interrupt does not wake. */
    private static InputStream silentUntil(Semaphore delivery) {
        return new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] bytes, int offset, int length) {
                delivery.acquireUninterruptibly();
                return -1;
            }
        };
    }

    private static byte[] gzip(String plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
