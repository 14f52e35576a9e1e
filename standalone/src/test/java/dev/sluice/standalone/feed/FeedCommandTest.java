package dev.sluice.standalone.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FeedCommandTest extends FeedTest {

    @Test
    void feedsAFileAndWritesBadLinesDownToBeMended() throws Exception {
        Files.writeString(file, "{\"a\":1}\r\n{}\n\n{\"a\":4}");

        assertThat(run.feed()).isEqualTo(3);

        assertThat(server.stored()).containsEntry(1L, "{\"a\":1}").containsEntry(4L, "{\"a\":4}");
        assertThat(folder.resolve("feed.ndjson.rejected.ndjson")).hasContent("{}\n");
        assertThat(folder.resolve("feed.ndjson.rejected.errors.ndjson"))
                .hasContent("{\"line\":2,\"errors\":{\"detail\":\"bad\"}}\n");
        assertThat(run.feed()).isEqualTo(3);
        String key = FeedState.read(folder.resolve("feed.ndjson.sluice-feed"))
                .orElseThrow()
                .key();
        assertThat(run.err()).contains("has been fed already", "--restart without --key " + key + " would store");
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void goesOnWhereItWasInterrupted() throws Exception {
        Files.writeString(file, FeedRun.numbered(40_000));
        server.willAnswer(200, 401);

        assertThat(run.feed(file, "--key", "mine")).isEqualTo(1);
        assertThat(run.err()).contains("through line 16384; the same command goes on after it");
        assertThat(run.feed(file, "--key", "mine")).isZero();

        assertThat(server.stored()).hasSize(40_000).containsEntry(40_000L, "{\"n\":40000}");
        assertThat(server.key()).isEqualTo("mine");
        assertThat(server.requests()).isEqualTo(4);
    }

    @Test
    void triesAgainByItselfWhenNothingCameBackOrOnlyHalfWasTaken() throws Exception {
        Files.writeString(file, FeedRun.numbered(1_000));
        server.willAnswer(0, 503, 200);

        assertThat(run.feed()).isZero();

        assertThat(server.stored()).hasSize(1_000).containsEntry(777L, "{\"n\":777}");
        assertThat(run.err()).contains("trying again", "1,000 accepted, 0 bad");
    }

    @Test
    void doesNotGoOnWithAFileThatIsAnotherByNow() throws Exception {
        Files.writeString(file, FeedRun.numbered(20_000));
        server.willAnswer(200, 401);
        assertThat(run.feed()).isEqualTo(1);
        Files.writeString(file, FeedRun.numbered(20_001));

        assertThat(run.feed()).isEqualTo(1);
        assertThat(run.err())
                .contains(", and the file has changed since: --restart feeds all of it as new,")
                .contains(" --restart --key " + server.key() + " --from-line 16385 feeds just those");
        assertThat(run.feed(file, "--restart")).isZero();
        assertThat(server.stored()).hasSize(20_001);
    }

    /** Otherwise lines would be stored twice, or the other server would lack the first ones. */
    @Test
    void doesNotGoOnWithAnotherKeyLineOrServer() throws Exception {
        Files.writeString(file, FeedRun.numbered(20_000));
        server.willAnswer(200, 401);
        assertThat(run.feed()).isEqualTo(1);

        assertThat(run.feed(file, "--key", "another")).isEqualTo(1);
        assertThat(run.err()).contains(", and --key is another now: --restart --key feed-");
        assertThat(run.feed(file, "--from-line", "2")).isEqualTo(1);
        assertThat(run.err()).contains(", and --from-line is given now: ");
        try (FeedServer other = new FeedServer()) {
            assertThat(run.feedTo(other.url(), file)).isEqualTo(1);
            assertThat(run.err()).contains(", and it is to be fed to " + other.url());
            assertThat(other.requests()).isZero();
        }
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void goesToTheRightAddressAfterAWrongOneUnderTheSameKey() throws Exception {
        Files.writeString(file, FeedRun.numbered(10));
        Path state = folder.resolve("feed.ndjson.sluice-feed");
        assertThat(run.feedTo("http://127.0.0.1:1", file, "--retry-for", "0")).isEqualTo(1);
        String key = FeedState.read(state).orElseThrow().key();

        assertThat(run.feed(file, "--key", "another")).isEqualTo(1);
        assertThat(run.err()).contains("--key is another now");
        assertThat(run.feed()).isZero();
        assertThat(server.stored()).hasSize(10);
        assertThat(FeedState.read(state).orElseThrow().key()).isEqualTo(key);
    }

    @Test
    void refusesAFileThatIsBeingFed() throws Exception {
        Files.writeString(file, FeedRun.numbered(10));
        AtomicInteger second = new AtomicInteger();
        server.before(1, () -> second.set(run.feed()));

        assertThat(run.feed()).isZero();

        assertThat(second).hasValue(1);
        assertThat(run.err()).contains(file + " is being fed by another process");
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void saysWhyNothingCanBeRecordedBesideTheFile() throws Exception {
        Files.writeString(file, FeedRun.numbered(1));
        Path lock = Files.createDirectory(folder.resolve("feed.ndjson.sluice-feed.lock"));

        assertThat(run.feed()).isEqualTo(1);

        assertThat(run.err()).contains("cannot write and lock a file beside " + file + ": " + lock + ": ");
    }

    @Test
    void givesUpAfterAWhile() throws Exception {
        Files.writeString(file, FeedRun.numbered(1));
        server.close();

        assertThat(run.feed(file, "--retry-for", "0")).isEqualTo(1);
        assertThat(run.err()).contains("gave up");
    }

    @Test
    void refusesNumbersThatCannotBe() throws Exception {
        Files.writeString(file, "{}\n");

        for (String option : List.of("--from-line=0", "--retry-for=-1")) {
            assertThat(run.feed(file, option)).isEqualTo(2);
            assertThat(run.err()).contains(option.replace("=", " is ") + ": expected a whole number from");
        }
        assertThat(server.requests()).isZero();
    }

    @Test
    void refusesAKeyThatNoFeedCanHaveBeforeItIsKept() throws Exception {
        Files.writeString(file, FeedRun.numbered(1));

        for (String key : List.of("k".repeat(201), "", "schl\u00fcssel")) {
            assertThat(run.feed(file, "--key", key)).isEqualTo(2);
            assertThat(run.err()).contains("--key has " + key.length() + " characters: expected 1 to 200");
        }

        assertThat(run.feed(file, "--key", "k".repeat(200))).isZero();
    }

    @Test
    void saysWhereLinesAreListedThatAreRejectedForAKeyThatWasUsed() throws Exception {
        Files.writeString(file, FeedRun.numbered(1));
        String list = server.url() + "/api/v2/projects/7/submissions/?state=rejected";

        assertThat(run.feed()).isZero();
        assertThat(run.err()).doesNotContain(list);
        assertThat(run.feed(file, "--restart", "--key", "used")).isZero();

        assertThat(run.err()).contains(list);
    }
}
