package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClosingTest {

    @Test
    @Timeout(10)
    void closesAllAtTheSameTime() {
        CyclicBarrier all = new CyclicBarrier(2);
        CountDownLatch closed = new CountDownLatch(2);
        Runnable close = () -> {
            await(all);
            closed.countDown();
        };

        Closing.together(close, close);

        assertThat(closed.getCount()).isZero();
    }

    private static void await(CyclicBarrier all) {
        try {
            all.await(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
