package dev.sluice.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.SubmissionId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageTest {

    private static final Publication UNKNOWN = new Publication.Unknown();
    private static final Publication LOGGED = new Publication.Logged(new SubmissionId(0, 0), Instant.EPOCH);

    private final AtomicLong now = new AtomicLong();
    private final Outage outage = new Outage(now::get);

    @Test
    void letsEverythingGoOnUntilItBegins() {
        assertThat(outage.letsTry()).isTrue();
        assertThat(outage.letsTry()).isTrue();
    }

    /** One that waits for a partition without a leader must not keep those of the others from trying. */
    @Test
    void letsAnotherTryEverySecondThoughTheOneBeforeHasNotEnded() {
        fail();

        for (int second = 1; second <= 3; second++) {
            assertThat(outage.letsTry()).isFalse();
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(outage.letsTry()).isTrue();
        }
    }

    @Test
    void letsEverythingGoOnAgainOnceItHasEnded() {
        fail();
        outage.after(LOGGED, begin());

        assertThat(outage.letsTry()).isTrue();
        assertThat(outage.letsTry()).isTrue();
    }

    @Test
    void doesNotBeginWhileOthersAreAcknowledged() {
        long begun = begin();
        outage.after(LOGGED, begin());
        outage.after(UNKNOWN, begun);

        assertThat(outage.letsTry()).isTrue();
        assertThat(outage.letsTry()).isTrue();
    }

    /** The producer refuses it without asking Kafka. */
    @Test
    void neitherBeginsNorEndsWithWhatIsTooLarge() {
        outage.after(new Publication.TooLarge(), begin());
        assertThat(outage.letsTry()).isTrue();

        fail();
        outage.after(new Publication.TooLarge(), begin());

        assertThat(outage.letsTry()).isFalse();
    }

    private void fail() {
        outage.after(UNKNOWN, begin());
    }

    private long begin() {
        return now.incrementAndGet();
    }
}
