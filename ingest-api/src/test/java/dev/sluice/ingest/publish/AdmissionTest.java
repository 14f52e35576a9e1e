package dev.sluice.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final int MORE = 500;

    private final AtomicLong now = new AtomicLong();
    private final Admission admission = new Admission(now::get);

    @Test
    void refusesWhatComesOnTopOfThoseThatMayAlwaysWait() {
        assertThat(begin(Admission.ALWAYS + 10)).isEqualTo(Admission.ALWAYS);

        admission.end("caller 0", false);

        assertThat(begin(2)).isEqualTo(1);
    }

    @Test
    void letsAsManyWaitAsWereAcknowledgedWithinASecond() {
        acknowledge(Admission.ALWAYS + MORE);
        now.addAndGet(Duration.ofMillis(1_500).toNanos());

        assertThat(begin(Admission.ALWAYS + 2 * MORE)).isEqualTo(Admission.ALWAYS + MORE);
    }

    @Test
    void forgetsWhatWasAcknowledgedLongAgo() {
        acknowledge(Admission.ALWAYS + MORE);
        now.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(begin(Admission.ALWAYS + MORE)).isEqualTo(Admission.ALWAYS);
    }

    @Test
    void leavesOneCallerHalfOfThemAndTheOthersTheRest() {
        int begun = 0;
        while (admission.begin("greedy")) {
            begun++;
        }

        assertThat(begun).isEqualTo(Admission.ALWAYS / 2);
        assertThat(admission.begin("other")).isTrue();
    }

    private void acknowledge(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(admission.begin("caller")).isTrue();
            admission.end("caller", true);
        }
    }

    private int begin(int count) {
        int begun = 0;
        for (int i = 0; i < count; i++) {
            begun += admission.begin("caller " + i) ? 1 : 0;
        }
        return begun;
    }
}
