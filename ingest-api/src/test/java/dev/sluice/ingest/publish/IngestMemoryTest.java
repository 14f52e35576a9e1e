package dev.sluice.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.server.HttpLimits;
import dev.sluice.ingest.feed.FeedLimits;
import dev.sluice.service.settings.Heap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestMemoryTest {

    private static final long MIB = 1024 * 1024;
    // The memory of an idle service.
    private static final long IDLE = 13 * MIB;
    private static final long CONNECTION = 36 * 1024;
    private static final long TLS_CONNECTION = 69 * 1024;
    private static final long LOOKUPS_AND_RESUBMISSIONS = (4 + 2) * (long) TopicSettings.MAX_MESSAGE_BYTES;
    private static final long RECENT_KEYS = 16 * MIB;
    // FeedReportTest shows that an answer takes no more until it is read.
    private static final long FEED_ANSWER = 512 * 1024;

    @ParameterizedTest
    @ValueSource(longs = {1024, 1536, 2048, 4096, 65_536})
    void givesOutLessThanThereIsHoweverMuchThatIs(long heapMib) {
        Heap heap = new Heap(heapMib * MIB);
        HttpLimits plain = HttpLimits.defaults(heap);
        HttpLimits tls = HttpLimits.tlsDefaults(heap);

        assertThat(atAllBounds(heap, plain, CONNECTION) + checking(plain)).isLessThan(heap.bytes() * 9 / 10);
        assertThat(atAllBounds(heap, tls, TLS_CONNECTION) + checking(tls)).isLessThan(heap.bytes() * 9 / 10);
    }

    /** The memory for validating the longest body does not shrink with the heap. */
    @ParameterizedTest
    @ValueSource(longs = {384, 512, 768})
    void givesOutLessThanThereIsOfASmallHeapUnlessLargeBodiesAreChecked(long heapMib) {
        Heap heap = new Heap(heapMib * MIB);

        assertThat(atAllBounds(heap, HttpLimits.defaults(heap), CONNECTION)).isLessThan(heap.bytes() * 9 / 10);
        assertThat(atAllBounds(heap, HttpLimits.tlsDefaults(heap), TLS_CONNECTION))
                .isLessThan(heap.bytes() * 9 / 10);
    }

    private static long atAllBounds(Heap heap, HttpLimits limits, long connection) {
        FeedLimits feeds = FeedLimits.defaults(heap);
        return IDLE
                + limits.maxConnections() * connection
                + limits.bodyBudgetBytes()
                + 2 * ProducerSettings.buffer(heap)
                + feeds.unacknowledgedBytes()
                + feeds.maxFeeds() * FEED_ANSWER
                + LOOKUPS_AND_RESUBMISSIONS
                + RECENT_KEYS;
    }

    // Bodies are checked within another body budget, of which one body takes at most all, even if it needs more:
    // twelve times its length. See BodyReader and ByteBudget.
    private static long checking(HttpLimits limits) {
        return Math.max(limits.bodyBudgetBytes(), (long) HttpLimits.CHECKING * limits.maxBodyBytes());
    }

    @ParameterizedTest
    @ValueSource(longs = {16, 64, 65_536})
    void hasRoomForTheLongestRecordInItsProducers(long heapMib) {
        assertThat(ProducerSettings.buffer(new Heap(heapMib * MIB))).isGreaterThan(TopicSettings.MAX_MESSAGE_BYTES);
    }
}
