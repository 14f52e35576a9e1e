package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(5));

    @Test
    void doublesUpToTheLongestAndBeginsAgainAfterAReset() {
        assertThat(Stream.generate(backoff::next).limit(4).map(Duration::toSeconds))
                .containsExactly(2L, 4L, 5L, 5L);

        backoff.reset();

        assertThat(backoff.next()).hasSeconds(2);
    }
}
