package dev.sluice.standalone.feed;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SegmentsTest {

    @Test
    void saysWhatEndedTheReading() {
        try (Segments segments = new Segments(() -> failing(new NoClassDefFoundError("a.Part")), 1)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(segments::next)
                    .withMessageContaining("a.Part");
        }
    }

    @Test
    void doesNotWaitForAThreadThatHasEnded() {
        Segments segments = new Segments(() -> failing(new IllegalStateException()), 1);
        segments.close();

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
            segments.next();
            segments.next();
        });
    }

    private static Sessions failing(Throwable failure) {
        return new Sessions() {
            @Override
            public byte[] next() {
                return fail(failure);
            }

            @Override
            public boolean isWaiting() {
                return false;
            }

            @Override
            public void close() {}
        };
    }

    private static byte[] fail(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(failure);
    }
}
