package dev.sluice.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvenTimeTest {

    @Test
    void endsNoSoonerThanTheStepInWhichItIsAwaited() {
        long begin = System.nanoTime();
        EvenTime time = EvenTime.begin();

        time.awaitStep();
        assertThat(since(begin)).isGreaterThanOrEqualTo(EvenTime.STEP);
        time.awaitStep();
        assertThat(since(begin)).isGreaterThanOrEqualTo(EvenTime.STEP.multipliedBy(2));
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "1, 99", "99, 1", "100, 100", "230, 70"})
    void waitsOnlyForWhatIsLeftOfTheStep(long millisSinceBegin, long millis) {
        assertThat(EvenTime.untilStep(Duration.ofMillis(millisSinceBegin).toNanos()))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void holdsNoProcessorsThread() throws Exception {
        int many = 2_000;
        long begin = System.nanoTime();
        List<Future<?>> waiting = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < many; i++) {
                waiting.add(threads.submit(() -> EvenTime.begin().awaitStep()));
            }
            for (Future<?> one : waiting) {
                one.get();
            }
        }

        // A tenth of what the waits would take if each blocked a carrier thread, with one per processor.
        Duration oneAfterTheOther =
                EvenTime.STEP.multipliedBy(many).dividedBy(Runtime.getRuntime().availableProcessors());
        assertThat(since(begin)).isLessThan(oneAfterTheOther.dividedBy(10).plusSeconds(5));
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
