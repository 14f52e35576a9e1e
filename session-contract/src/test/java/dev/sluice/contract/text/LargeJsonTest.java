package dev.sluice.contract.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LargeJsonTest {

    private static final String TEXT = "x".repeat(1_000);
    private static final int CARRIERS = Runtime.getRuntime().availableProcessors();
    // All are written at once, and must fit into memory.
    private static final int TEXTS = Math.min(20_000, 80_000 / CARRIERS);

    /** There are as many carriers of virtual threads as processors. */
    @Test
    void letsOthersRunWhileAllCarriersWriteIt() throws Exception {
        CountDownLatch writing = new CountDownLatch(CARRIERS);
        AtomicInteger written = new AtomicInteger();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> large = new ArrayList<>();
            for (int i = 0; i < CARRIERS; i++) {
                large.add(threads.submit(() -> {
                    writing.countDown();
                    assertThat(write()).hasSizeGreaterThan(TEXTS * TEXT.length());
                    written.incrementAndGet();
                }));
            }
            writing.await();
            int writtenWhenAnotherRan = threads.submit(written::get).get();

            assertThat(writtenWhenAnotherRan).isZero();
            for (Future<?> each : large) {
                each.get();
            }
        }
    }

    private static byte[] write() {
        return Json.write(json -> {
            json.writeStartArray();
            for (int i = 0; i < TEXTS; i++) {
                json.writeString(TEXT);
            }
            json.writeEndArray();
        });
    }
}
