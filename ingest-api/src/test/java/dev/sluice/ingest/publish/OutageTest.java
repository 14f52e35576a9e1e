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
        assertThat(outage.begin()).isTrue();
        assertThat(outage.begin()).isTrue();
    }

    /** What waits holds memory that the other partitions need. */
    @Test
    void letsOneTryAtATimeAndAtMostOneASecond() {
        fail();

        assertThat(outage.begin()).isFalse();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(outage.begin()).isTrue();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(outage.begin()).isFalse();

        outage.end();
        assertThat(outage.begin()).isTrue();
        outage.end();
        assertThat(outage.begin()).isFalse();
    }

    @Test
    void letsEverythingGoOnAgainOnceItHasEnded() {
        fail();
        outage.after(LOGGED, time());

        assertThat(outage.begin()).isTrue();
        assertThat(outage.begin()).isTrue();
    }

    @Test
    void doesNotBeginWhileOthersAreAcknowledged() {
        long begun = time();
        outage.after(LOGGED, time());
        outage.after(UNKNOWN, begun);

        assertThat(outage.begin()).isTrue();
        assertThat(outage.begin()).isTrue();
    }

    /** The producer refuses it without asking Kafka. */
    @Test
    void neitherBeginsNorEndsWithWhatIsTooLarge() {
        outage.after(new Publication.TooLarge(), time());
        assertThat(outage.begin()).isTrue();

        fail();
        outage.after(new Publication.TooLarge(), time());

        assertThat(outage.begin()).isFalse();
    }

    /** The producer's memory may be full of what goes to other partitions. */
    @Test
    void doesNotBeginForWantOfMemory() {
        outage.after(new Publication.Overload(), time());

        assertThat(outage.begin()).isTrue();
        assertThat(outage.begin()).isTrue();
    }

    private void fail() {
        outage.after(UNKNOWN, time());
    }

    private long time() {
        return now.incrementAndGet();
    }
}
