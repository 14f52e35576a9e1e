package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

    private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final List<Duration> setBack = new ArrayList<>();
    private final ClockWatch watch = new ClockWatch(millis::get, nanos::get, setBack::add);

    @Test
    void tellsOfAClockThatIsSetBackByMoreThanAMinute() {
        pass(Duration.ofSeconds(1), Duration.ofHours(-1));
        pass(Duration.ofSeconds(1), Duration.ZERO);

        assertThat(setBack).containsExactly(Duration.ofHours(1));
    }

    @Test
    void toleratesACorrection() {
        pass(Duration.ofSeconds(1), Duration.ofSeconds(-60));
        pass(Duration.ofSeconds(1), Duration.ofSeconds(-60));

        assertThat(setBack).isEmpty();
    }

    @Test
    void toleratesASuspendedMachineAndAClockThatIsSetAhead() {
        pass(Duration.ofSeconds(1), Duration.ofHours(7));
        pass(Duration.ofDays(400), Duration.ZERO);

        assertThat(setBack).isEmpty();
    }

    private void pass(Duration time, Duration step) {
        nanos.addAndGet(time.toNanos());
        millis.addAndGet(time.plus(step).toMillis());
        watch.look();
    }
}
