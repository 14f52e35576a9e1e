package dev.sluice.standalone.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.sluice.contract.access.TokenText;
import dev.sluice.standalone.command.FailureLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class FeedCommandTest {

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private FeedServer server;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        server = new FeedServer();
        file = folder.resolve("feed.ndjson");
        Files.writeString(
                folder.resolve("token"), TokenText.random(new SecureRandom()).reveal() + "\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void feedsAFileAndWritesBadLinesDownToBeMended() throws Exception {
        Files.writeString(file, "{\"a\":1}\r\n{}\n\n{\"a\":4}");

        assertThat(feed()).isEqualTo(3);

        assertThat(server.stored()).containsEntry(1L, "{\"a\":1}").containsEntry(4L, "{\"a\":4}");
        assertThat(folder.resolve("feed.ndjson.rejected.ndjson")).hasContent("{}\n");
        assertThat(folder.resolve("feed.ndjson.rejected.errors.ndjson"))
                .hasContent("{\"line\":2,\"errors\":{\"detail\":\"bad\"}}\n");
        assertThat(feed()).isEqualTo(3);
        assertThat(err.toString()).contains("has been fed already");
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void goesOnWhereItWasInterrupted() throws Exception {
        Files.writeString(file, numbered(40_000));
        server.willAnswer(200, 401);

        assertThat(feed()).isEqualTo(1);
        assertThat(err.toString()).contains("through line 16384; the same command goes on after it");
        assertThat(feed()).isZero();

        assertThat(server.stored()).hasSize(40_000).containsEntry(40_000L, "{\"n\":40000}");
        assertThat(server.requests()).isEqualTo(4);
    }

    @Test
    void triesAgainByItselfWhenNothingCameBackOrOnlyHalfWasTaken() throws Exception {
        Files.writeString(file, numbered(1_000));
        server.willAnswer(0, 503, 200);

        assertThat(feed()).isZero();

        assertThat(server.stored()).hasSize(1_000).containsEntry(777L, "{\"n\":777}");
        assertThat(err.toString()).contains("trying again", "1,000 accepted, 0 bad");
    }

    @Test
    void writesDownEveryBadLineThoughAnAnswerListsOnlyAThousand() throws Exception {
        Files.writeString(file, "{}\n".repeat(2_500));

        assertThat(feed()).isEqualTo(3);

        assertThat(Files.readAllLines(folder.resolve("feed.ndjson.rejected.ndjson")))
                .hasSize(2_500);
        assertThat(Files.readAllLines(folder.resolve("feed.ndjson.rejected.errors.ndjson")))
                .hasSize(2_500)
                .last()
                .asString()
                .startsWith("{\"line\":2500,");
        assertThat(err.toString()).contains("0 accepted, 2,500 bad");
    }

    @Test
    void writesEveryBadLineDownOnceHoweverFewAnAnswerLists() throws Exception {
        Files.writeString(file, "{}\n{\"a\":1}\n".repeat(600));
        server.listsAtMost(10);

        assertThat(feed()).isEqualTo(3);

        assertThat(Files.readAllLines(folder.resolve("feed.ndjson.rejected.ndjson")))
                .hasSize(600);
        assertThat(Files.readAllLines(folder.resolve("feed.ndjson.rejected.errors.ndjson")))
                .hasSize(600)
                .doesNotHaveDuplicates()
                .last()
                .asString()
                .startsWith("{\"line\":1199,");
        assertThat(server.mostReceived()).isLessThanOrEqualTo(3);
    }

    @Test
    void readsCompressedFilesAndJsonArrays() throws Exception {
        Path gzipped = folder.resolve("array.gz");
        Files.write(gzipped, gzip("[ {\"a\": \"],[\\\"\",\n \"b\": 1.50},\n{\"c\":[{}]} ]"));
        Path zstd = folder.resolve("lines.zst");
        Files.write(zstd, Zstd.compress("{\"z\":1}\n".getBytes(UTF_8)));

        assertThat(feed(gzipped)).isZero();
        assertThat(server.stored().values()).containsExactly("{\"a\": \"],[\\\"\",  \"b\": 1.50}", "{\"c\":[{}]} ");
        assertThat(feed(zstd)).isZero();
        assertThat(server.stored().values()).containsExactly("{\"z\":1}");
    }

    @Test
    void doesNotTakeAGzipFileForFedWhoseRestIsNoGzip() throws Exception {
        byte[] member = gzip("{\"a\":1}\n");
        for (byte[] rest : List.of("{\"a\":2}\n".getBytes(UTF_8), Arrays.copyOf(member, 5))) {
            Path gzipped = Files.write(folder.resolve("lines.gz"), concat(member, rest));

            assertThat(feed(gzipped, "--restart")).isEqualTo(1);

            assertThat(err.toString()).contains("gzip data", "through line 1; the same command");
            assertThat(server.stored()).hasSize(1);
            assertThat(feed(gzipped)).isEqualTo(1);
        }
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
            assertThat(feed(Path.of("-"))).isEqualTo(1);
        } finally {
            delivery.release();
            System.setIn(standardInput);
        }
        assertThat(err.toString()).contains("the server answered 403", "--from-line 1");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void refusesANamedPipeWhichCannotBeReadTwice() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThat(feed(pipe)).isEqualTo(1);

        assertThat(err.toString()).contains("expected a file, or - for standard input");
    }

    @Test
    void saysWhereAnArrayIsMalformedAfterFeedingWhatCameBefore() throws Exception {
        Files.writeString(file, "[{\"a\":1},{\"a\":2");

        assertThat(feed()).isEqualTo(1);

        assertThat(server.stored().values()).containsExactly("{\"a\":1}");
        assertThat(err.toString()).contains("not a JSON array: the array ends in the middle at byte");
    }

    @Test
    void doesNotGoOnWithAFileThatIsAnotherByNow() throws Exception {
        Files.writeString(file, numbered(20_000));
        server.willAnswer(200, 401);
        assertThat(feed()).isEqualTo(1);
        Files.writeString(file, numbered(20_001));

        assertThat(feed()).isEqualTo(1);
        assertThat(err.toString()).contains("the file or an argument is another now");
        assertThat(feed(file, "--restart")).isZero();
        assertThat(server.stored()).hasSize(20_001);
    }

    @Test
    void goesToTheRightAddressAfterAWrongOneUnderTheSameKey() throws Exception {
        Files.writeString(file, numbered(10));
        Path state = folder.resolve("feed.ndjson.sluice-feed");
        assertThat(feedTo("http://127.0.0.1:1", file, "--retry-for", "0")).isEqualTo(1);
        String key = FeedState.read(state).orElseThrow().key();

        assertThat(feed()).isZero();
        assertThat(server.stored()).hasSize(10);
        assertThat(FeedState.read(state).orElseThrow().key()).isEqualTo(key);
    }

    @Test
    void refusesAFileThatIsBeingFed() throws Exception {
        Files.writeString(file, numbered(10));
        AtomicInteger second = new AtomicInteger();
        server.before(1, () -> second.set(feed()));

        assertThat(feed()).isZero();

        assertThat(second).hasValue(1);
        assertThat(err.toString()).contains(file + " is being fed by another process");
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void saysWhyNothingCanBeRecordedBesideTheFile() throws Exception {
        Files.writeString(file, numbered(1));
        Path lock = Files.createDirectory(folder.resolve("feed.ndjson.sluice-feed.lock"));

        assertThat(feed()).isEqualTo(1);

        assertThat(err.toString()).contains("cannot write beside " + file, lock + ": Is a directory");
    }

    @Test
    void addsBadLinesToWhatIsThereAndReplacesOnlyWhatItWroteItself() throws Exception {
        Files.writeString(file, "{\"a\":1}\n{}\n");
        Path bad = Files.writeString(folder.resolve("bad.ndjson"), "from before\n");
        Path errors = Files.writeString(folder.resolve("bad.errors.ndjson"), "why\n");

        assertThat(feed(file, "--rejected", bad.toString())).isEqualTo(3);
        assertThat(bad).hasContent("from before\n{}\n");
        assertThat(errors).hasContent("why\n{\"line\":2,\"errors\":{\"detail\":\"bad\"}}\n");

        assertThat(feed(file, "--restart")).isEqualTo(3);
        assertThat(feed(file, "--restart")).isEqualTo(3);
        assertThat(folder.resolve("feed.ndjson.rejected.ndjson")).hasContent("{}\n");
        Files.writeString(file, "{\"a\":1}\n{\"a\":2}\n");
        assertThat(feed(file, "--restart")).isZero();
        assertThat(folder.resolve("feed.ndjson.rejected.ndjson")).doesNotExist();
        assertThat(folder.resolve("feed.ndjson.rejected.errors.ndjson")).doesNotExist();
    }

    @Test
    void goesOnBehindTheBadLinesThatAnotherFeedHasAddedMeanwhile() throws Exception {
        String bad = folder.resolve("bad.ndjson").toString();
        Files.writeString(file, "{}\n" + numbered(20_000) + "{}\n");
        Path other = Files.writeString(folder.resolve("other.ndjson"), "\n\n{}\n");
        server.willAnswer(200, 401);
        assertThat(feed(file, "--rejected", bad)).isEqualTo(1);
        assertThat(feed(other, "--rejected", bad)).isEqualTo(3);

        assertThat(feed(file, "--rejected", bad)).isEqualTo(3);

        assertThat(Path.of(bad)).hasContent("{}\n{}\n{}\n");
        assertThat(linesOfErrors()).containsExactly(1, 3, 20_002);
    }

    @Test
    void sharesAFileOfBadLinesWithAFeedAtTheSameTime() throws Exception {
        String bad = Files.writeString(folder.resolve("bad.ndjson"), "cut off").toString();
        Files.writeString(file, "{}\n" + numbered(20_000) + "{}\n");
        Path other = Files.writeString(folder.resolve("other.ndjson"), "\n\n{}\n");
        server.before(2, () -> feed(other, "--rejected", bad));

        assertThat(feed(file, "--rejected", bad)).isEqualTo(3);

        assertThat(Path.of(bad)).hasContent("cut off\n{}\n{}\n{}\n");
        assertThat(linesOfErrors()).containsExactly(1, 3, 20_002);
    }

    @Test
    void removesTheFormerBadLinesAlsoWhenARestartWasInterrupted() throws Exception {
        Files.writeString(file, numbered(20_000) + "{}\n");
        assertThat(feed()).isEqualTo(3);
        Files.writeString(file, numbered(20_001));
        server.willAnswer(200, 401);
        assertThat(feed(file, "--restart")).isEqualTo(1);
        assertThat(err.toString()).contains("the same command without --restart and --from-line goes on after it");

        assertThat(feed()).isZero();

        assertThat(folder.resolve("feed.ndjson.rejected.ndjson")).doesNotExist();
    }

    @Test
    void leavesNoGapWhereBadLinesWereTakenAwayMeanwhile() throws Exception {
        Files.writeString(file, "{}\n" + numbered(20_000) + "{}\n");
        server.willAnswer(200, 401);
        assertThat(feed()).isEqualTo(1);
        Files.delete(folder.resolve("feed.ndjson.rejected.ndjson"));

        assertThat(feed()).isEqualTo(3);

        assertThat(folder.resolve("feed.ndjson.rejected.ndjson")).hasContent("{}\n");
    }

    @Test
    void doesNotGoOnInAnotherFileOfBadLines() throws Exception {
        Files.writeString(file, "{}\n" + numbered(20_000));
        server.willAnswer(200, 401);
        assertThat(feed()).isEqualTo(1);
        Path other = Files.writeString(folder.resolve("other.ndjson"), "somebody else's\n");

        assertThat(feed(file, "--rejected", other.toString())).isEqualTo(1);

        assertThat(err.toString()).contains("an argument is another now");
        assertThat(other).hasContent("somebody else's\n");
    }

    @Test
    void givesUpAfterAWhile() throws Exception {
        Files.writeString(file, numbered(1));
        server.close();

        assertThat(feed(file, "--retry-for", "0")).isEqualTo(1);
        assertThat(err.toString()).contains("gave up");
    }

    @Test
    void refusesNumbersThatCannotBe() throws Exception {
        Files.writeString(file, "{}\n");

        for (String option : List.of("--from-line=0", "--retry-for=-1")) {
            assertThat(feed(file, option)).isEqualTo(2);
            assertThat(err.toString()).contains(option.replace("=", " is ") + ": expected a whole number from");
        }
        assertThat(server.requests()).isZero();
    }

    @Test
    void refusesAKeyThatNoFeedCanHaveBeforeItIsKept() throws Exception {
        Files.writeString(file, numbered(1));

        for (String key : List.of("k".repeat(201), "", "schl\u00fcssel")) {
            assertThat(feed(file, "--key", key)).isEqualTo(2);
            assertThat(err.toString()).contains("--key has " + key.length() + " characters: expected 1 to 200");
        }

        assertThat(feed(file, "--key", "k".repeat(200))).isZero();
    }

    private int feed() {
        return feed(file);
    }

    private int feed(Path what, String... more) {
        return feedTo(server.url(), what, more);
    }

    private int feedTo(String url, Path what, String... more) {
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of(
                what.toString(),
                "--project",
                "7",
                "--url",
                url,
                "--token-file",
                folder.resolve("token").toString()));
        arguments.addAll(List.of(more));
        return new CommandLine(new FeedCommand())
                .setExecutionExceptionHandler(new FailureLine())
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
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

    private List<Integer> linesOfErrors() throws IOException {
        return Files.readAllLines(folder.resolve("bad.errors.ndjson")).stream()
                .map(line -> JsonMapper.shared().readTree(line).path("line").intValue())
                .toList();
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

    private static String numbered(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> "{\"n\":" + n + "}\n")
                .collect(Collectors.joining());
    }
}
