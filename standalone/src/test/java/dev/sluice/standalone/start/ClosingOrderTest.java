package dev.sluice.standalone.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClosingOrderTest {

    private static final Duration ENOUGH = Duration.ofSeconds(10);

    private final ClosingOrder order = new ClosingOrder();
    private final List<String> closed = new CopyOnWriteArrayList<>();

    @Test
    void closesTheLastFirst() throws Exception {
        start("broker", ENOUGH, () -> closed.add("broker"));
        start("server", ENOUGH, () -> closed.add("server"));

        order.close();

        assertThat(closed).containsExactly("server", "broker");
    }

    @Test
    @Timeout(10)
    void leavesBehindWhatDoesNotStopInTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        start("broker", ENOUGH, () -> closed.add("broker"));
        start("server", Duration.ofMillis(50), never::await);

        order.close();

        assertThat(closed).containsExactly("broker");
    }

    @Test
    void goesOnWhenSomethingDoesNotStopCleanly() throws Exception {
        start("broker", ENOUGH, () -> closed.add("broker"));
        start("server", ENOUGH, () -> {
            throw new IOException("stuck");
        });

        order.close();

        assertThat(closed).containsExactly("broker");
    }

    @Test
    void closesWhatWasBeingStartedWhenItWasClosed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> order.start("server", ENOUGH, () -> {
                    order.close();
                    return () -> closed.add("server");
                }));

        assertThat(closed).containsExactly("server");
    }

    @Test
    void isClosedForEverybodyOnceItIsClosedForOne() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        start("broker", ENOUGH, () -> {
            begun.countDown();
            released.await();
            closed.add("broker");
        });
        Thread first = Thread.ofPlatform().start(order::close);
        begun.await();

        Thread second = Thread.ofPlatform().start(order::close);
        await().until(() ->
                Set.of(Thread.State.BLOCKED, Thread.State.TERMINATED).contains(second.getState()));

        assertThat(second.isAlive()).isTrue();
        released.countDown();
        second.join();
        assertThat(closed).containsExactly("broker");
        first.join();
    }

    private void start(String what, Duration limit, AutoCloseable started) throws Exception {
        order.start(what, limit, () -> started);
    }
}
