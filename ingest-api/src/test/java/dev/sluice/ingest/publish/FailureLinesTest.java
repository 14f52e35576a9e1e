package dev.sluice.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureLinesTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);
    private final List<String> told = new ArrayList<>();
    private final FailureLines lines = new FailureLines(now::get, told::add);

    @Test
    void sayOneASecondAndHowManyOthersThereWere() {
        lines.add(new IllegalStateException("first"));
        for (int i = 0; i < 1000; i++) {
            lines.add(new IllegalStateException("other"));
        }
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        lines.add(new IllegalStateException("later"));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        lines.add(new IllegalStateException("last"));

        assertThat(told)
                .containsExactly(
                        "A submission was not acknowledged: java.lang.IllegalStateException: first",
                        "A submission was not acknowledged: java.lang.IllegalStateException: later; nor were 1000 others"
                                + " since the last such line",
                        "A submission was not acknowledged: java.lang.IllegalStateException: last");
    }
}
