package dev.sluice.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.api.AnswerHeaders;
import dev.sluice.http.share.SharedSlots;
import dev.sluice.http.share.Shares;
import dev.sluice.ingest.publish.Acknowledgement;
import dev.sluice.ingest.publish.Publication;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettlementTest {

    private static final int ROOM = 1024;

    private final NoRequest request = new NoRequest(ROOM);
    private final Shares room = new Shares(ROOM);
    private final Window window = new Window(room, ROOM, "token");

    @Test
    void endsAFeedThatTheLogHasNoRoomForWithThatReason() throws Exception {
        window.take(1);
        window.put(new FeedEntry.Begun(1, Acknowledgement.of(new Publication.NoRoom())));
        window.handOver();

        FeedEnd end = settlement().run(Thread.currentThread());

        assertThat(end.status(0)).isEqualTo(503);
        assertThat(end.detail().orElseThrow()).startsWith("There is too little room left for the log");
        assertThat(end.headers()).containsExactly(AnswerHeaders.RETRY_LATER);
    }

    private Settlement settlement() {
        FeedLines lines = new FeedLines(InputStream.nullInputStream(), ROOM, new LineMemory(request), window::handOver);
        FeedMetrics metrics =
                new FeedMetrics(new SimpleMeterRegistry(), new SharedSlots(1, Duration.ZERO, "feeds"), room);
        return new Settlement(request, lines, window, new FeedReport(1, true), ResultLines.NONE, metrics);
    }
}
