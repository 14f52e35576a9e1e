package dev.sluice.processor.generation;

import dev.sluice.service.failure.FatalErrors;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live generation as known to this process, no older than {@link #KNOWN_FOR}. Refreshed every second, so callers hardly
 * ever wait. Thread-safe.
 */
public final class LiveGeneration implements AutoCloseable {

    /** Older knowledge is not used: a process that was paused for a while looks again first. */
    public static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(LiveGeneration.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(500);

    private final Generations generations;
    private final Thread looking;
    private volatile @Nullable Seen seen;

    private record Seen(Generation generation, long asked) {}

    public LiveGeneration(Generations generations) {
        this.generations = generations;
        this.looking = Thread.ofVirtual().name("live-generation").unstarted(this::keepLooking);
    }

    public void start() {
        looking.start();
    }

    /**
     * The live generation.
     *
     * @throws com.mongodb.MongoException if it is not known and the store is unavailable
     */
    public Generation current() {
        Seen last = seen;
        return last != null && System.nanoTime() - last.asked() < KNOWN_FOR.toNanos() ? last.generation() : look();
    }

    /**
     * Whether a generation is still live.
     *
     * @throws com.mongodb.MongoException if that is not known and the store is unavailable
     */
    public boolean isLive(Generation generation) {
        return current().number() == generation.number();
    }

    /**
     * Throws if a generation is no longer live. If it returns, the generation's collections had not been dropped: that happens only long after
     * {@link #KNOWN_FOR}.
     *
     * @throws OutdatedGenerationException if it is not live
     */
    public void require(Generation generation) {
        if (!isLive(generation)) {
            throw new OutdatedGenerationException(generation.number());
        }
    }

    @Override
    public void close() {
        looking.interrupt();
        try {
            looking.join(STOP_TIMEOUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Generation look() {
        long asked = System.nanoTime();
        return latest(new Seen(generations.live(), asked)).generation();
    }

    private synchronized Seen latest(Seen now) {
        Seen before = seen;
        if (before != null && before.asked() - now.asked() > 0) {
            return before;
        }
        if (before == null || !before.generation().equals(now.generation())) {
            LOG.info("Generation {} of the projection is live", now.generation().number());
        }
        seen = now;
        return now;
    }

    private void keepLooking() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(LOOK_EVERY);
                look();
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException | Error e) {
                FatalErrors.endProcessIfFatal(e);
                // Callers query the store themselves once this knowledge is too old.
                LOG.debug("Cannot tell which generation is live", e);
            }
        }
    }
}
