package dev.sluice.ingest.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.access.User;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.http.share.Shares;
import dev.sluice.ingest.feed.FeedOptions.Encoding;
import dev.sluice.ingest.publish.Acknowledgement;
import dev.sluice.ingest.publish.FeedSubmissions;
import dev.sluice.ingest.publish.Publication;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FeedReaderTest {

    private static final int LONGEST_LINE = 1_000;
    private static final int ROOM = 16 * 1024;
    private static final String LINE = "{\"analysis_ref\":\"a\",\"analysis_type\":\"veracode\"}\n";

    private final Window window = new Window(new Shares(ROOM), ROOM, "token");

    @Test
    void handsOverWhatTheLogRefusesBeforeItTriesTheNextLine() throws Exception {
        CountDownLatch tried = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Thread reading = Thread.ofVirtual().start(reader(LINE.repeat(3), submission -> {
            if (tried.getCount() == 0) {
                awaited(over);
            }
            tried.countDown();
            return Acknowledgement.of(new Publication.NotSent());
        }));

        Window.Block first = window.poll(30_000);

        assertThat(first).isNotNull();
        assertThat(first.entries()).extracting(FeedEntry::line).isEqualTo(List.of(1L));
        window.stop();
        over.countDown();
        assertThat(reading.join(Duration.ofSeconds(30))).isTrue();
    }

    /** Otherwise it would be reported as durable together with the lines after it. */
    @Test
    void leavesWhatWasPutBeforeAStopToBeSettled() {
        List<Long> begun = new ArrayList<>();

        reader(LINE.repeat(1_000), submission -> {
                    begun.add((long) begun.size() + 1);
                    if (begun.size() == 600) {
                        window.stop();
                    }
                    return Acknowledgement.of(new Publication.LoggedSomewhere());
                })
                .run();

        List<FeedEntry> put = new ArrayList<>();
        for (Window.Block block = window.poll(); block != null; block = window.poll()) {
            put.addAll(block.entries());
        }
        assertThat(begun).hasSizeGreaterThanOrEqualTo(600);
        assertThat(put.removeLast())
                .isInstanceOfSatisfying(
                        FeedEntry.Ended.class,
                        ended -> assertThat(ended.end())
                                .isEqualTo(new FeedEnd.Unavailable("The server is stopping." + FeedEnd.GO_ON)));
        assertThat(put).extracting(FeedEntry::line).isEqualTo(begun);
    }

    @Test
    void takesTheLastLineNumberAndNoneAfterIt() {
        assertThat(endFrom(FeedOptions.MAX_LINE, LINE))
                .isEqualTo(new FeedEntry.Ended(FeedOptions.MAX_LINE, new FeedEnd.Complete()));
        assertThat(endFrom(FeedOptions.MAX_LINE - 1, LINE + LINE).end()).isEqualTo(new FeedEnd.Complete());
        assertThat(endFrom(FeedOptions.MAX_LINE, LINE + LINE).end()).isInstanceOf(FeedEnd.Malformed.class);
    }

    private FeedEntry.Ended endFrom(long fromLine, String feed) {
        reader(fromLine, feed, _ -> Acknowledgement.of(new Publication.LoggedSomewhere()))
                .run();
        List<FeedEntry> put = new ArrayList<>();
        for (Window.Block block = window.poll(); block != null; block = window.poll()) {
            put.addAll(block.entries());
        }
        return (FeedEntry.Ended) put.getLast();
    }

    private FeedReader reader(String feed, FeedSubmissions submissions) {
        return reader(1, feed, submissions);
    }

    private FeedReader reader(long fromLine, String feed, FeedSubmissions submissions) {
        FeedLines lines = new FeedLines(
                new ByteArrayInputStream(feed.getBytes(UTF_8)),
                LONGEST_LINE,
                new LineMemory(new NoRequest(LONGEST_LINE)),
                window::handOver);
        FeedOptions options = new FeedOptions(Optional.empty(), Optional.empty(), fromLine, true, Encoding.IDENTITY);
        return new FeedReader(
                options,
                lines,
                new FeedLog(1, "none", new User(1, "a@example.com", "A", "B"), options, submissions),
                window,
                new Pace(new NoRequest(LONGEST_LINE), window, _ -> {}),
                new SubmissionValidator());
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
