package dev.sluice.contract.submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LargeSessionTest {

    private static final String NOTE = Validating.NOTE.replace("{}", "{\"description\":\"" + "x".repeat(600) + "\"}");
    private static final byte[] BODY = Validating.session(
                    ",\"notes\":[" + String.join(",", Collections.nCopies(SubmissionValidator.MAX_NOTES, NOTE)) + "]")
            .getBytes(UTF_8);

    /** There are as many carriers of virtual threads as processors. */
    @Test
    void letsOthersRunWhileAllCarriersCheckLargeOnes() throws Exception {
        int carriers = Runtime.getRuntime().availableProcessors();
        CountDownLatch checking = new CountDownLatch(carriers);
        AtomicInteger checked = new AtomicInteger();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> large = new ArrayList<>();
            for (int i = 0; i < carriers; i++) {
                large.add(threads.submit(() -> {
                    checking.countDown();
                    assertThat(Validating.told(Validating.validate(BODY))).isEqualTo("valid");
                    checked.incrementAndGet();
                }));
            }
            checking.await();
            int checkedWhenAnotherRan = threads.submit(checked::get).get();

            assertThat(checkedWhenAnotherRan).isZero();
            for (Future<?> each : large) {
                each.get();
            }
        }
    }
}
