package dev.sluice.service.process;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process if the system's clock is set back by more than a minute. Kafka's clients measure time by that clock:
 * until it is where it was, they may neither reconnect nor give up what they wait for, such as a submission's place in
 * memory, and send no heartbeats.
 */
public final class ClockWatch {

    private static final int EXIT_CODE = 4;
    private static final Duration TOLERATED = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    private final LongSupplier millis;
    private final LongSupplier nanos;
    private final Consumer<Duration> setBack;
    private long lastMillis;
    private long lastNanos;

    ClockWatch(LongSupplier millis, LongSupplier nanos, Consumer<Duration> setBack) {
        this.millis = millis;
        this.nanos = nanos;
        this.setBack = setBack;
        this.lastMillis = millis.getAsLong();
        this.lastNanos = nanos.getAsLong();
    }

    /** Watches from now on, as long as the process runs. */
    public static void start() {
        ClockWatch watch = new ClockWatch(System::currentTimeMillis, System::nanoTime, ClockWatch::endProcess);
        Thread.ofPlatform().daemon().name("clock-watch").start(() -> {
            while (true) {
                sleep(LOOK_EVERY);
                watch.look();
            }
        });
    }

    /** Compares the clock with the time that has passed since it was last looked at. */
    void look() {
        long nowMillis = millis.getAsLong();
        long nowNanos = nanos.getAsLong();
        // While a machine is suspended, the clock goes on and the time that has passed may not: less than nothing.
        Duration back = Duration.ofNanos(nowNanos - lastNanos).minusMillis(nowMillis - lastMillis);
        lastMillis = nowMillis;
        lastNanos = nowNanos;
        if (back.compareTo(TOLERATED) > 0) {
            setBack.accept(back);
        }
    }

    private static void endProcess(Duration back) {
        LOG.error(
                "The clock was set back by {} s. Kafka's clients might stand still for as long: the process ends with exit code {}, to be started again",
                back.toSeconds(),
                EXIT_CODE);
        // Nothing is closed, because that waits by the same clock. The state after a kill needs no repair.
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }
}
