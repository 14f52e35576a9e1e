package dev.sluice.http.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowancesTest {

    private static final Cost REQUEST = new Cost(1, 0, 0);

    private final AtomicLong now = new AtomicLong();

    @Test
    void grantsABurstAndThenSaysWhenThereIsRoomAgain() {
        Allowances allowances = allowances(2, 0, 0);
        for (int i = 0; i < 20; i++) {
            assertThat(allowances.take("a", REQUEST)).isEmpty();
        }

        assertThat(allowances.take("a", REQUEST)).contains(new Shortage(Quota.REQUESTS, Duration.ofMillis(500)));
        pass(Duration.ofMillis(499));
        assertThat(allowances.take("a", REQUEST)).contains(new Shortage(Quota.REQUESTS, Duration.ofMillis(1)));
        pass(Duration.ofMillis(1));
        assertThat(allowances.take("a", REQUEST)).isEmpty();
        assertThat(allowances.take("a", REQUEST)).isPresent();
    }

    @Test
    void savesUpNoMoreThanABurst() {
        Allowances allowances = allowances(2, 0, 0);
        allowances.take("a", REQUEST);
        pass(Duration.ofMinutes(5));

        assertThat(allowances.take("a", new Cost(20, 0, 0))).isEmpty();
        assertThat(allowances.take("a", REQUEST)).isPresent();
    }

    @Test
    void keepsTokensApart() {
        Allowances allowances = allowances(1, 0, 0);
        allowances.take("a", new Cost(10, 0, 0));

        assertThat(allowances.take("a", REQUEST)).isPresent();
        assertThat(allowances.take("b", REQUEST)).isEmpty();
    }

    @Test
    void takesNothingOfOneQuotaWhenAnotherIsUsedUp() {
        Allowances allowances = allowances(1, 1, 1);
        allowances.take("a", new Cost(0, 0, 10));

        for (int i = 0; i < 50; i++) {
            assertThat(allowances.take("a", new Cost(1, 1, 5)))
                    .contains(new Shortage(Quota.BYTES, Duration.ofSeconds(5)));
        }
        assertThat(allowances.take("a", new Cost(0, 1, 5))).isPresent();
        assertThat(allowances.take("a", new Cost(10, 10, 0))).isEmpty();
    }

    @Test
    void grantsWhatIsLargerThanABurstOnceAllIsSavedUpAndHasItMadeUpFor() {
        Allowances allowances = allowances(0, 0, 100);

        assertThat(allowances.take("a", new Cost(0, 0, 5_000))).isEmpty();
        assertThat(allowances.take("a", new Cost(0, 0, 1)))
                .contains(new Shortage(Quota.BYTES, Duration.ofMillis(40_010)));
        pass(Duration.ofSeconds(49));
        assertThat(allowances.take("a", new Cost(0, 0, 5_000)))
                .contains(new Shortage(Quota.BYTES, Duration.ofSeconds(1)));
        pass(Duration.ofSeconds(1));
        assertThat(allowances.take("a", new Cost(0, 0, 5_000))).isEmpty();
    }

    @Test
    void grantsNothingUntilWhatIsOwedIsMadeUpFor() {
        Allowances allowances = allowances(0, 0, 100);
        allowances.owe("a", new Cost(0, 0, 1_200));

        assertThat(allowances.take("a", new Cost(0, 0, 1)))
                .contains(new Shortage(Quota.BYTES, Duration.ofMillis(2_010)));
        assertThat(allowances.take("a", REQUEST)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0, REQUESTS", "0, 1, 0, SESSIONS", "0, 0, 1, BYTES"})
    void holdsBackWithOneQuotaAlone(int requests, int sessions, long bytes, Quota quota) {
        Allowances allowances = allowances(requests, sessions, bytes);
        Cost burst = new Cost(10, 10, 10);

        assertThat(allowances.take("a", burst)).isEmpty();
        assertThat(allowances.take("a", burst)).contains(new Shortage(quota, Duration.ofSeconds(10)));
    }

    @Test
    void doesNotHoldBackWithoutQuotas() {
        Allowances allowances = allowances(0, 0, 0);
        allowances.owe("a", new Cost(9, 9, 9));

        assertThat(allowances.take("a", new Cost(1_000_000, 1_000_000, Long.MAX_VALUE)))
                .isEmpty();
    }

    @Test
    void forgetsATokenThatIsIdleForLong() {
        Allowances allowances = allowances(0, 0, 1);
        allowances.owe("a", new Cost(0, 0, 1_000_000));
        pass(Duration.ofHours(2));

        assertThat(allowances.take("a", new Cost(0, 0, 10))).isEmpty();
    }

    private Allowances allowances(int requests, int sessions, long bytes) {
        return new Allowances(new Quotas(requests, sessions, bytes, Duration.ofSeconds(10)), new Nanos(now));
    }

    private void pass(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    private record Nanos(AtomicLong now) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return now.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
