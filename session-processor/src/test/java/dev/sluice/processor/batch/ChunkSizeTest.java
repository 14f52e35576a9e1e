package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {

    private final ChunkSize size = new ChunkSize();

    @Test
    void growsToTheMostWhileWholeChunksAreQuick() {
        for (int i = 0; i < 10; i++) {
            size.took(Duration.ofMillis(1), size.records());
        }

        assertThat(size.records()).isEqualTo(1024);
    }

    @Test
    void settlesWhereAChunkTakesATenthOfASecond() {
        for (int i = 0; i < 10; i++) {
            size.took(Duration.ofMillis(size.records()), size.records());
        }

        assertThat(size.records()).isEqualTo(100);
    }

    @Test
    void neverFallsBelowTheFewest() {
        for (int i = 0; i < 10; i++) {
            size.took(Duration.ofSeconds(10), size.records());
        }

        assertThat(size.records()).isEqualTo(64);
    }

    @Test
    void onlyHalvesForOneChunkThatWasSlow() {
        size.took(Duration.ofSeconds(10), size.records());

        assertThat(size.records()).isEqualTo(64);
    }

    @Test
    void learnsNothingGoodFromChunksThatWereNotWhole() {
        size.took(Duration.ofMillis(1), 20);

        assertThat(size.records()).isEqualTo(128);
    }

    @Test
    void isNotHalvedByFewRecordsThatTookTheirRoundTrips() {
        size.took(Duration.ofMillis(500), 1);

        assertThat(size.records()).isEqualTo(128);
    }
}
