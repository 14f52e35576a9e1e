package dev.sluice.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageTest {

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
        outage.begin();

        for (int second = 1; second <= 3; second++) {
            assertThat(outage.letsTry()).isFalse();
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(outage.letsTry()).isTrue();
        }
    }

    @Test
    void letsEverythingGoOnAgainOnceItHasEnded() {
        outage.begin();
        outage.end();

        assertThat(outage.letsTry()).isTrue();
        assertThat(outage.letsTry()).isTrue();
    }
}
