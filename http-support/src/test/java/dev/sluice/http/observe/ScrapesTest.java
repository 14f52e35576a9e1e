package dev.sluice.http.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapesTest {

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void areMadeOnceForAllWhoAskMeanwhile() throws Exception {
        Scrapes scrapes = new Scrapes(this::slowly);
        Callable<byte[]> ask = scrapes::text;

        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> asked =
                    askers.invokeAll(Stream.generate(() -> ask).limit(50).toList());

            for (Future<byte[]> answer : asked) {
                assertThat(new String(answer.get(), StandardCharsets.UTF_8)).matches("[1-4]");
            }
        }

        // One rendering for the first request and one for those that arrived meanwhile; the rest allows for
        // late requests.
        assertThat(made).hasValueLessThan(5);
    }

    @Test
    void areNotOlderThanTheQuestion() {
        Scrapes scrapes = new Scrapes(() -> Integer.toString(made.incrementAndGet()));

        assertThat(scrapes.text()).asString().isEqualTo("1");
        assertThat(scrapes.text()).asString().isEqualTo("2");
    }

    @Test
    void takeATenthOfAProcessorAtMost() {
        Scrapes scrapes = new Scrapes(this::slowly);
        long begin = System.nanoTime();

        for (int i = 0; i < 4; i++) {
            scrapes.text();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(3 * 9 * 20));
    }

    @ParameterizedTest
    @CsvSource({"10, 90", "27, 243", "5000, 250"})
    void restAfterASlowStoreNoLongerThanAMoment(long renderingMillis, long millis) {
        assertThat(Scrapes.restAfter(Duration.ofMillis(renderingMillis))).isEqualTo(Duration.ofMillis(millis));
    }

    private String slowly() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Integer.toString(made.incrementAndGet());
    }
}
