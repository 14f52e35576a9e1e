package dev.sluice.http.server;

import dev.sluice.http.observe.ReadinessCheck;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far a server is on its way to its end: it leaves, so that clients turn to other instances, and then stops. Thread-safe. */
final class ServerLife {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLife.class);

    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.SERVING);
    private final Duration stopDelay;

    private enum Stage {
        SERVING,
        LEAVING,
        STOPPING
    }

    /** {@code stopDelay}: how long it leaves, while everything is served. */
    ServerLife(Duration stopDelay) {
        this.stopDelay = stopDelay;
    }

    /** Leaves, and returns once it is time to stop. False, at once, if another call does so or has done so. */
    boolean leave() {
        if (!stage.compareAndSet(Stage.SERVING, Stage.LEAVING)) {
            return false;
        }
        if (stopDelay.isPositive()) {
            LOG.info("Not ready any more, and stopping in {} (SLUICE_STOP_DELAY)", stopDelay);
            pass(stopDelay);
        }
        stage.set(Stage.STOPPING);
        return true;
    }

    /** Whether clients should turn to other instances, from leaving to the end. */
    boolean isLeaving() {
        return stage.get() != Stage.SERVING;
    }

    /** Whether requests in flight have only the drain timeout left. */
    boolean isStopping() {
        return stage.get() == Stage.STOPPING;
    }

    ReadinessCheck readiness() {
        return new ReadinessCheck(
                "http-server",
                () -> isLeaving()
                        ? new ReadinessCheck.State(false, "closing")
                        : new ReadinessCheck.State(true, "accepting requests"));
    }

    private static void pass(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
