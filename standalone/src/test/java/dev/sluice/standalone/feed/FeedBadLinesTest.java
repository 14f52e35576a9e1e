package dev.sluice.standalone.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

class FeedBadLinesTest extends FeedTest {

    @Test
    void writesDownEveryBadLineThoughAnAnswerListsOnlyAThousand() throws Exception {
        Files.writeString(file, "{}\n".repeat(2_500));

        assertThat(run.feed()).isEqualTo(3);

        assertThat(Files.readAllLines(folder.resolve("feed.ndjson.rejected.ndjson")))
                .hasSize(2_500);
        assertThat(Files.readAllLines(folder.resolve("feed.ndjson.rejected.errors.ndjson")))
                .hasSize(2_500)
                .last()
                .asString()
                .startsWith("{\"line\":2500,");
        assertThat(run.err()).contains("0 accepted, 2,500 bad");
    }

    @Test
    void writesEveryBadLineDownOnceHoweverFewAnAnswerLists() throws Exception {
        Files.writeString(file, "{}\n{\"a\":1}\n".repeat(600));
        server.listsAtMost(10);

        assertThat(run.feed()).isEqualTo(3);

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
    void putsTheBadLinesOfTheFormerFeedAside() throws Exception {
        Path bad = folder.resolve("feed.ndjson.rejected.ndjson");
        Files.writeString(file, "{\"a\":1}\n{}\n");
        assertThat(run.feed()).isEqualTo(3);
        Files.writeString(bad, "{\"mended\":1}\n");
        Files.writeString(file, "{\"a\":1}\n{\"a\":2}\n");

        assertThat(run.feed(file, "--restart")).isZero();

        assertThat(bad).doesNotExist();
        assertThat(folder.resolve("feed.ndjson.rejected.errors.ndjson")).doesNotExist();
        assertThat(folder.resolve("feed.ndjson.rejected.ndjson.old")).hasContent("{\"mended\":1}\n");
    }

    @Test
    void putsAsideWhatWasMadeUnderItsNamesMeanwhile() throws Exception {
        Path bad = folder.resolve("feed.ndjson.rejected.ndjson");
        Path errors = folder.resolve("feed.ndjson.rejected.errors.ndjson");
        Files.writeString(file, "{}\n");
        server.before(1, () -> {
            write(bad, "{\"mended\":1}\n");
            write(errors, "why\n");
        });

        assertThat(run.feed()).isEqualTo(3);

        assertThat(bad).hasContent("{}\n");
        assertThat(folder.resolve("feed.ndjson.rejected.ndjson.old")).hasContent("{\"mended\":1}\n");
        assertThat(folder.resolve("feed.ndjson.rejected.errors.ndjson.old")).hasContent("why\n");
    }

    @Test
    void putsTheBadLinesOfAnInterruptedFeedAsideWhenOnlyTheLinesAfterThemAreFed() throws Exception {
        Files.writeString(file, "{}\n" + FeedRun.numbered(20_000));
        server.willAnswer(200, 401);
        assertThat(run.feed()).isEqualTo(1);
        String key = savedKey();
        Files.writeString(file, "{\"a\":1}\n", StandardOpenOption.APPEND);

        assertThat(run.feed(file, "--restart", "--key", key, "--from-line", "16385"))
                .isZero();

        assertThat(folder.resolve("feed.ndjson.rejected.ndjson.part.old")).hasContent("{}\n");
        assertThat(folder.resolve("feed.ndjson.rejected.errors.ndjson.part.old"))
                .hasContent("{\"line\":1,\"errors\":{\"detail\":\"bad\"}}\n");
    }

    @Test
    void keepsTheBadLinesThatWerePutAsideWhenItGoesOn() throws Exception {
        Files.writeString(file, "{}\n" + FeedRun.numbered(40_000));
        server.willAnswer(200, 401);
        assertThat(run.feed()).isEqualTo(1);
        String key = savedKey();
        server.willAnswer(401);
        assertThat(run.feed(file, "--restart", "--key", key, "--from-line", "16385"))
                .isEqualTo(1);
        Files.writeString(folder.resolve("feed.ndjson.rejected.ndjson.part"), "{\"of\":\"a killed run\"}\n");

        assertThat(run.feed(file)).isZero();

        assertThat(folder.resolve("feed.ndjson.rejected.ndjson.part.old"))
                .hasContent("{}\n{\"of\":\"a killed run\"}\n");
        assertThat(folder.resolve("feed.ndjson.rejected.ndjson")).doesNotExist();
    }

    @Test
    void leavesNoBadLineOfARunThatWasKilledBeforeItSavedItsState() throws Exception {
        Files.writeString(file, "{}\n" + FeedRun.numbered(20_000));
        server.willAnswer(200, 401);
        assertThat(run.feed()).isEqualTo(1);
        Path part = folder.resolve("feed.ndjson.rejected.ndjson.part");
        assertThat(run.err()).contains("or bad and in " + part + ", through line 16384");
        Files.writeString(part, "{\"is\":\"good by now\"}\n", StandardOpenOption.APPEND);
        Path errorsPart = folder.resolve("feed.ndjson.rejected.errors.ndjson.part");
        Files.writeString(errorsPart, "{\"line\":16385}\n", StandardOpenOption.APPEND);

        assertThat(run.feed()).isEqualTo(3);

        assertThat(folder.resolve("feed.ndjson.rejected.ndjson")).hasContent("{}\n");
        assertThat(folder.resolve("feed.ndjson.rejected.errors.ndjson"))
                .hasContent("{\"line\":1,\"errors\":{\"detail\":\"bad\"}}\n");
        assertThat(part).doesNotExist();
    }

    @Test
    void namesTheBadLinesOfARunThatWasKilledBetweenItsEndAndThat() throws Exception {
        Files.writeString(file, "{\"a\":1}\n{}\n");
        assertThat(run.feed()).isEqualTo(3);
        Path bad = folder.resolve("feed.ndjson.rejected.ndjson");
        Path errors = folder.resolve("feed.ndjson.rejected.errors.ndjson");
        Files.move(bad, folder.resolve("feed.ndjson.rejected.ndjson.part"));
        Files.move(errors, folder.resolve("feed.ndjson.rejected.errors.ndjson.part"));

        assertThat(run.feed()).isEqualTo(3);

        assertThat(run.err()).contains("has been fed already");
        assertThat(bad).hasContent("{}\n");
        assertThat(errors).hasContent("{\"line\":2,\"errors\":{\"detail\":\"bad\"}}\n");
    }

    @Test
    void removesTheFormerBadLinesAlsoWhenARestartWasInterrupted() throws Exception {
        Files.writeString(file, FeedRun.numbered(20_000) + "{}\n");
        assertThat(run.feed()).isEqualTo(3);
        Files.writeString(file, FeedRun.numbered(20_001));
        server.willAnswer(200, 401);
        assertThat(run.feed(file, "--restart")).isEqualTo(1);
        assertThat(run.err()).contains("the same command without --restart and --from-line goes on after it");

        assertThat(run.feed()).isZero();

        assertThat(folder.resolve("feed.ndjson.rejected.ndjson")).doesNotExist();
    }

    @Test
    void leavesNoGapWhereBadLinesWereTakenAwayMeanwhile() throws Exception {
        Files.writeString(file, "{}\n" + FeedRun.numbered(20_000) + "{}\n");
        server.willAnswer(200, 401);
        assertThat(run.feed()).isEqualTo(1);
        Files.delete(folder.resolve("feed.ndjson.rejected.ndjson.part"));

        assertThat(run.feed()).isEqualTo(3);

        assertThat(folder.resolve("feed.ndjson.rejected.ndjson")).hasContent("{}\n");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String savedKey() throws IOException {
        return FeedState.read(folder.resolve("feed.ndjson.sluice-feed"))
                .orElseThrow()
                .key();
    }
}
