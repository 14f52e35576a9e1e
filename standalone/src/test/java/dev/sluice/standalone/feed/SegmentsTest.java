package dev.sluice.standalone.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
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
    void givesALineThatArrivedBeforeAnybodyAskedThoughNoOtherFollows() throws Exception {
        SilentAfterOneLine sessions = new SilentAfterOneLine("{}".getBytes(UTF_8));
        try (Segments segments = new Segments(() -> sessions, 1)) {
            sessions.silent.await();

            assertThat(segments.next().orElseThrow().lines()).containsExactly("{}".getBytes(UTF_8));
        }
    }

    @Test
    void doesNotWaitForAThreadThatHasEnded() {
        Segments segments = new Segments(() -> failing(new IllegalStateException()), 1);
        segments.close();

        assertThatExceptionOfType(IOException.class).isThrownBy(segments::next);
        assertThatExceptionOfType(IOException.class).isThrownBy(segments::next);
    }

    /** Like a pipe whose writer stays silent. */
    private static final class SilentAfterOneLine implements Sessions {

        private final CountDownLatch silent = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private byte @Nullable [] line;

        SilentAfterOneLine(byte[] line) {
            this.line = line;
        }

        @Override
        public byte @Nullable [] next() throws IOException {
            if (line != null) {
                byte[] first = line;
                line = null;
                return first;
            }
            silent.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return null;
        }

        @Override
        public boolean isWaiting() {
            return line == null;
        }

        @Override
        public void close() {
            closed.countDown();
        }
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
