package dev.sluice.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BusyCallersTest {

    private final AtomicLong now = new AtomicLong();
    private final List<String> told = new ArrayList<>();
    private final BusyCallers callers = new BusyCallers(now::get, told::add);

    @Test
    void namesThoseWhoseRequestsTakeLongestOnceAMinute() {
        callers.record("patient", 503, Duration.ofSeconds(1).toNanos());
        callers.record("greedy", 200, Duration.ofSeconds(40).toNanos());
        callers.record("greedy", 429, Duration.ofSeconds(30).toNanos());
        callers.tell();
        assertThat(told).isEmpty();

        pass(Duration.ofMinutes(1));

        assertThat(told)
                .containsExactly(
                        "Of 3 requests in a minute 2 were refused with 429 or 503. The tokens whose requests took"
                                + " longest together: greedy 2, of which 1 refused, 70 s; patient 1, of which 1 refused, 1 s");
    }

    @Test
    void saysNothingWhileNothingIsRefused() {
        callers.record("greedy", 200, Duration.ofSeconds(40).toNanos());
        callers.record("wrong", 400, 1);

        pass(Duration.ofMinutes(1));

        assertThat(told).isEmpty();
    }

    @Test
    void beginsAnewEachMinute() {
        callers.record("greedy", 429, 1);
        pass(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(1));

        assertThat(told).hasSize(1);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        callers.tell();
    }
}
