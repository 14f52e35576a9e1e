package dev.sluice.standalone.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SegmentsTest {

    private static final Duration SOON = Duration.ofMillis(200);

    @Test
    void saysWhatEndedTheReading() {
        try (Segments segments = new Segments(() -> failing(new NoClassDefFoundError("a.Part")), 1, SOON)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(segments::next)
                    .withMessageContaining("a.Part");
        }
    }

    @Test
    void givesALineThatArrivedBeforeAnybodyAskedThoughNoOtherFollows() throws Exception {
        SilentPipe pipe = new SilentPipe("{}\n");
        try (Segments segments = new Segments(() -> new NdjsonLines(pipe), 1, SOON)) {
            pipe.silent.await();

            assertThat(segments.next().orElseThrow().lines()).containsExactly("{}".getBytes(UTF_8));
        }
    }

    @Test
    void givesWhatIsThereThoughTheNextOneHasBegun() throws Exception {
        assertGivesItsFirst(NdjsonLines::new, "{}\n{");
        assertGivesItsFirst(JsonArrayElements::new, "[{},\n");
        assertGivesItsFirst(JsonArrayElements::new, "[{}]");
    }

    @Test
    void givesLinesTogetherThatSoonFollowEachOther() throws Exception {
        Thread asking = Thread.currentThread();
        Iterator<Runnable> beforeLines = List.<Runnable>of(
                        () -> {}, () -> await().until(() -> asking.getState() == Thread.State.TIMED_WAITING))
                .iterator();
        Sessions sessions = sessions(() -> {
            if (!beforeLines.hasNext()) {
                return null;
            }
            beforeLines.next().run();
            return "{}".getBytes(UTF_8);
        });
        try (Segments segments = new Segments(() -> sessions, 1, Duration.ofHours(1))) {
            assertThat(segments.next().orElseThrow().lines()).hasSize(2);
        }
    }

    @Test
    void doesNotWaitForAThreadThatHasEnded() {
        Segments segments = new Segments(() -> failing(new IllegalStateException()), 1, SOON);
        segments.close();

        assertThatExceptionOfType(IOException.class).isThrownBy(segments::next);
        assertThatExceptionOfType(IOException.class).isThrownBy(segments::next);
    }

    private static void assertGivesItsFirst(Function<InputStream, Sessions> reading, String text) throws Exception {
        try (Segments segments = new Segments(() -> reading.apply(new SilentPipe(text)), 1, SOON)) {
            assertThat(segments.next().orElseThrow().lines()).containsExactly("{}".getBytes(UTF_8));
        }
    }

    /** Like a pipe whose writer stays silent after some bytes. */
    private static final class SilentPipe extends InputStream {

        private final CountDownLatch silent = new CountDownLatch(1);
        private final InputStream written;

        SilentPipe(String text) {
            this.written = new ByteArrayInputStream(text.getBytes(UTF_8));
        }

        @Override
        public int read() throws IOException {
            int next = written.read();
            return next < 0 ? waitForMore() : next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int size = written.read(bytes, offset, length);
            return size < 0 ? waitForMore() : size;
        }

        @Override
        public int available() throws IOException {
            return written.available();
        }

        private int waitForMore() throws IOException {
            silent.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return -1;
        }
    }

    private static Sessions failing(Throwable failure) {
        return sessions(() -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failure);
        });
    }

    private static Sessions sessions(Supplier<byte @Nullable []> next) {
        return new Sessions() {
            @Override
            public byte @Nullable [] next() {
                return next.get();
            }

            @Override
            public void close() {}
        };
    }
}
