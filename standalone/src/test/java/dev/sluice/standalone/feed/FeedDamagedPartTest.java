package dev.sluice.standalone.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedDamagedPartTest extends FeedTest {

    private static final int IN_THE_CONTENT = 15;
    private static final int IN_THE_CHECKSUM = 1;

    @Test
    void stopsForGoodAtAPartOfWhichLinesMayBeStoredWrong() throws Exception {
        Files.writeString(file, FeedRun.numbered(3));
        server.damagesNext(IN_THE_CONTENT);

        assertThat(run.feed(file, "--compress")).isEqualTo(4);
        assertThat(run.err())
                .contains("lines 1 to 3 may be stored wrong, under ids 1 to 2, or not at all")
                .contains("--restart --from-line 4 without --key feeds the rest")
                .doesNotContain("goes on after it");

        assertThat(run.feed(file, "--compress")).isEqualTo(4);
        assertThat(run.err()).contains("lines 1 to 3 may be stored wrong").hasLineCount(1);
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void feedsTheLinesAfterItUnderAnotherKey() throws Exception {
        Files.writeString(file, FeedRun.numbered(16_385));
        server.damagesNext(IN_THE_CONTENT);
        assertThat(run.feed(file, "--compress")).isEqualTo(4);

        assertThat(run.feed(file, "--restart", "--from-line", "16385")).isZero();

        // The server forgets what it has when another key comes.
        assertThat(server.stored()).containsOnlyKeys(16_385L);
    }

    @Test
    void saysThatLinesAreStoredWrongThoughTheAnswerThatSaidSoIsLost() throws Exception {
        Files.writeString(file, FeedRun.numbered(3));
        server.damagesNext(IN_THE_CONTENT);
        server.willAnswer(0);

        assertThat(run.feed(file, "--compress")).isEqualTo(4);

        assertThat(run.err())
                .contains("lines that were sent again differ from those that the server has taken before")
                .contains("lines 1 to 3 may be stored wrong, under ids that are not known, or not at all");
        assertThat(run.feed(file, "--compress")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--compress", "--retry-for=60"})
    void saysSoToTheRunAfterTheOneThatLostTheAnswer(String option) throws Exception {
        Files.writeString(file, FeedRun.numbered(3));
        server.damagesNext(IN_THE_CONTENT);
        server.willAnswer(0);
        assertThat(run.feed(file, "--compress", "--retry-for", "0")).isEqualTo(1);

        assertThat(run.feed(file, option)).isEqualTo(4);
        assertThat(run.err()).contains("lines 1 to 3 may be stored wrong");
    }

    @Test
    void noticesThatLinesAreStoredWrongByAServerThatDoesNotSaySo() throws Exception {
        Files.writeString(file, FeedRun.numbered(3));
        server.damagesNext(IN_THE_CONTENT);
        server.knowsNothingOfDamage();

        assertThat(run.feed(file, "--compress")).isEqualTo(4);

        assertThat(run.err()).contains("lines 1 to 3 may be stored wrong");
    }

    @Test
    void goesOnAfterALostAnswerIfAllIsStoredAsItIs() throws Exception {
        Files.writeString(file, FeedRun.numbered(3));
        server.willAnswer(0);

        assertThat(run.feed(file, "--compress")).isZero();

        assertThat(run.err()).doesNotContain("damaged", "wrong");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 503})
    void saysThatItCannotSeeWhetherLinesAreStoredWrongWhereNobodyAnswersThat(int status) throws Exception {
        Files.writeString(file, FeedRun.numbered(3));
        server.willAnswer(0);
        server.answersReadsWith(status);

        assertThat(run.feed(file, "--compress", "--retry-for", "2")).isZero();

        assertThat(run.err())
                .contains(
                        "whether lines 1 to 3 were damaged on their way cannot be seen: the server answered " + status);
    }

    @Test
    void sendsADamagedPartAgainIfNoLineOfItWasAccepted() throws Exception {
        Files.writeString(file, "{}\n{}\n");
        server.damagesNext(IN_THE_CHECKSUM);

        assertThat(run.feed(file, "--compress")).isEqualTo(3);

        assertThat(run.err()).contains("cannot be read on: x; trying again", "2 bad");
        assertThat(server.requests()).isEqualTo(2);
    }
}
