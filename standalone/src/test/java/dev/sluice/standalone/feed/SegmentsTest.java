package dev.sluice.standalone.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
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

    @Test
    void givesWhatHasArrivedToASenderThatAsksLater() throws Exception {
        CountDownLatch silent = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (Segments segments = new Segments(() -> new NdjsonLines(oneLineThenSilence(silent, ended)), 1)) {
            silent.await();

            assertThat(segments.next())
                    .hasValueSatisfying(
                            segment -> assertThat(segment.lastLine()).isEqualTo(1));
        } finally {
            ended.countDown();
        }
    }

    private static InputStream oneLineThenSilence(CountDownLatch silent, CountDownLatch ended) {
        return new ByteArrayInputStream("{}\n".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.available() == 0 ? awaitEnd() : super.read(bytes, offset, length);
            }

            @Override
            public synchronized int available() {
                int more = super.available();
                if (more == 0) {
                    silent.countDown();
                }
                return more;
            }

            private int awaitEnd() {
                silent.countDown();
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return -1;
            }
        };
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
