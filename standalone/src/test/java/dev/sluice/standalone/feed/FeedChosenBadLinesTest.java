package dev.sluice.standalone.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.standalone.command.ExclusiveLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FeedChosenBadLinesTest extends FeedTest {

    @Test
    void addsBadLinesToTheFileThatWasChosen() throws Exception {
        Files.writeString(file, "{\"a\":1}\n{}\n");
        Path bad = Files.writeString(folder.resolve("bad.ndjson"), "from before\n");
        Path errors = Files.writeString(folder.resolve("bad.errors.ndjson"), "why\n");

        assertThat(run.feed(file, "--rejected", bad.toString())).isEqualTo(3);

        assertThat(bad).hasContent("from before\n{}\n");
        assertThat(errors).hasContent("why\n{\"line\":2,\"errors\":{\"detail\":\"bad\"}}\n");
    }

    @Test
    void refusesToAddBadLinesToWhatIsFed() throws Exception {
        Files.writeString(file, "{}\n");
        Path errors = Files.writeString(folder.resolve("bad.errors.ndjson"), "{}\n");

        assertThat(run.feed(file, "--rejected", file.toString())).isEqualTo(1);
        assertThat(run.err()).contains("which is what is fed");
        assertThat(run.feed(errors, "--rejected", folder.resolve("bad.ndjson").toString()))
                .isEqualTo(1);
        assertThat(run.err()).contains("which is what is fed");

        assertThat(file).hasContent("{}\n");
        assertThat(errors).hasContent("{}\n");
    }

    @Test
    void requiresTheFolderOfTheFileForBadLinesBeforeAnythingIsFed() throws Exception {
        Files.writeString(file, "{\"a\":1}\n");

        assertThat(run.feed(file, "--rejected", folder.resolve("out/bad.ndjson").toString()))
                .isEqualTo(1);

        assertThat(run.err()).contains("there is no folder " + folder.resolve("out"));
        assertThat(server.requests()).isZero();
    }

    @Test
    void refusesAFolderForBadLinesBeforeAnythingIsFed() throws Exception {
        Files.writeString(file, "{}\n");

        assertThat(run.feed(file, "--rejected", folder.toString())).isEqualTo(1);

        assertThat(run.err()).contains(folder + " is a folder: expected a file for the bad lines");
        assertThat(server.requests()).isZero();
    }

    @Test
    void doesNothingAfterACompletedFeedThoughTheFolderForBadLinesIsGone() throws Exception {
        Files.writeString(file, "{\"a\":1}\n");
        Path out = Files.createDirectory(folder.resolve("out"));
        String bad = out.resolve("bad.ndjson").toString();
        assertThat(run.feed(file, "--rejected", bad)).isZero();
        Files.delete(out);

        assertThat(run.feed(file, "--rejected", bad)).isZero();

        assertThat(run.err()).contains("has been fed already");
    }

    @Test
    void goesOnBehindTheBadLinesThatAnotherFeedHasAddedMeanwhile() throws Exception {
        String bad = folder.resolve("bad.ndjson").toString();
        Files.writeString(file, "{}\n" + FeedRun.numbered(20_000) + "{}\n");
        Path other = Files.writeString(folder.resolve("other.ndjson"), "\n\n{}\n");
        server.willAnswer(200, 401);
        assertThat(run.feed(file, "--rejected", bad)).isEqualTo(1);
        assertThat(run.feed(other, "--rejected", bad)).isEqualTo(3);

        assertThat(run.feed(file, "--rejected", bad)).isEqualTo(3);

        assertThat(Path.of(bad)).hasContent("{}\n{}\n{}\n");
        assertThat(linesOfErrors()).containsExactly(1, 3, 20_002);
    }

    @Test
    void sharesAFileOfBadLinesWithAFeedAtTheSameTime() throws Exception {
        String bad = Files.writeString(folder.resolve("bad.ndjson"), "cut off").toString();
        Files.writeString(file, "{}\n" + FeedRun.numbered(20_000) + "{}\n");
        Path other = Files.writeString(folder.resolve("other.ndjson"), "\n\n{}\n");
        Thread feeding = Thread.currentThread();
        CompletableFuture<String> whileLocked = new CompletableFuture<>();
        server.before(2, () -> {
            run.feed(other, "--rejected", bad);
            FileChannel locked = locked(Path.of(bad));
            whileLocked.completeAsync(
                    () -> releaseOnceAwaited(locked, Path.of(bad), feeding), Thread::startVirtualThread);
        });

        assertThat(run.feed(file, "--rejected", bad)).isEqualTo(3);

        assertThat(whileLocked.get()).isEqualTo("cut off\n{}\n{}\n");
        assertThat(Path.of(bad)).hasContent("cut off\n{}\n{}\n{}\n");
        assertThat(linesOfErrors()).containsExactly(1, 3, 20_002);
    }

    @Test
    void doesNotGoOnInAnotherFileOfBadLines() throws Exception {
        Files.writeString(file, "{}\n" + FeedRun.numbered(20_000));
        server.willAnswer(200, 401);
        assertThat(run.feed()).isEqualTo(1);
        Path other = Files.writeString(folder.resolve("other.ndjson"), "somebody else's\n");

        assertThat(run.feed(file, "--rejected", other.toString())).isEqualTo(1);

        assertThat(run.err()).contains(", and --rejected is another now: ");
        assertThat(other).hasContent("somebody else's\n");
    }

    @Test
    void areSharedByFeedsOfStandardInputToo() throws Exception {
        FeedInput input = new FeedInput(FeedInput.STANDARD_INPUT, InputStream.nullInputStream());
        Beginning beginning = new Beginning(input, "target", null, null, false, null);

        RejectedLines bad = beginning.rejectedAfter(beginning.state());

        assertThat(bad.written()).isEqualTo(bad.rejected());
    }

    private static FileChannel locked(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            channel.lock();
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what the file holds while another thread waits for its lock. */
    private static String releaseOnceAwaited(FileChannel locked, Path file, Thread waiting) {
        try (locked) {
            Awaitility.await()
                    .until(() -> Arrays.stream(waiting.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().equals(ExclusiveLock.class.getName())));
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Integer> linesOfErrors() throws IOException {
        return Files.readAllLines(folder.resolve("bad.errors.ndjson")).stream()
                .map(line -> JsonMapper.shared().readTree(line).path("line").intValue())
                .toList();
    }
}
