package dev.sluice.processor.rebuild;

import com.mongodb.MongoException;
import dev.sluice.http.failure.FatalErrors;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.Generations;
import dev.sluice.processor.generation.Generations.Standing;
import dev.sluice.processor.generation.Generations.Unfinished;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to fill a generation, held by one rebuild at a time. Its holder signals every second that it is alive; without signals for a while,
 * another rebuild can take over, so every critical step checks the claim first. No clocks are compared.
 */
final class RebuildClaim implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildClaim.class);
    private static final Duration BEAT_EVERY = Duration.ofSeconds(1);
    private static final Duration LISTEN_EVERY = Duration.ofMillis(200);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private final Generations generations;
    private final String owner;
    private final Generation from;
    private final Generation into;
    private final boolean resumed;
    private final Thread beating;
    private volatile boolean lost;

    private RebuildClaim(Generations generations, String owner, int from, int into, boolean resumed) {
        this.generations = generations;
        this.owner = owner;
        this.from = generations.of(from);
        this.into = generations.of(into);
        this.resumed = resumed;
        this.beating = Thread.ofVirtual().name("rebuild-beat").start(this::beat);
    }

    /**
     * Begins a generation, or continues one that was left unfinished.
     *
     * @param silence how long without a signal until another rebuild counts as dead
     * @throws RebuildRefusedException if another rebuild is running, or the generation to begin has documents already
     */
    static RebuildClaim take(Generations generations, Duration silence) throws InterruptedException {
        String owner = UUID.randomUUID().toString();
        Standing standing = generations.standing();
        if (standing.unfinished().isPresent()) {
            return takeOver(generations, standing, owner, silence);
        }
        requireEmpty(generations.of(standing.last() + 1));
        if (!generations.begin(standing, owner)) {
            throw atWork();
        }
        return new RebuildClaim(generations, owner, standing.live(), standing.last() + 1, false);
    }

    /** A store that was restored to an earlier state may still have collections of a later one, which would count as filled. */
    private static void requireEmpty(Generation next) {
        List<String> filled = GenerationCollections.filled(next);
        if (!filled.isEmpty()) {
            throw new RebuildRefusedException(
                    "generation " + next.number() + " was not begun yet, but the store has " + String.join(", ", filled)
                            + ": a restore has left them; drop every collection of that number or a later one");
        }
    }

    private static RebuildClaim takeOver(Generations generations, Standing standing, String owner, Duration silence)
            throws InterruptedException {
        Unfinished left = standing.unfinished().orElseThrow();
        long end = System.nanoTime() + silence.toNanos();
        while (!left.isLeft() && System.nanoTime() - end < 0) {
            Thread.sleep(LISTEN_EVERY);
            if (!generations.standing().unfinished().equals(standing.unfinished())) {
                throw atWork();
            }
        }
        if (!generations.takeOver(left, owner)) {
            throw atWork();
        }
        return new RebuildClaim(generations, owner, standing.live(), left.generation(), true);
    }

    private static RebuildRefusedException atWork() {
        return new RebuildRefusedException("another rebuild of this store is at work: wait for it, or stop it");
    }

    /** The live generation. */
    Generation from() {
        return from;
    }

    /** The generation to fill. */
    Generation into() {
        return into;
    }

    /** Whether an earlier rebuild left it unfinished. */
    boolean isResumed() {
        return resumed;
    }

    /** Throws if another rebuild has taken over. */
    void check() {
        if (lost) {
            throw takenOver();
        }
    }

    /** Makes the filled generation live. */
    void goLive() {
        if (!generations.goLive(from.number(), into.number(), owner)
                && generations.standing().live() != into.number()) {
            throw takenOver();
        }
    }

    /** Drops the generation for good. As its number is not given again, no other rebuild can fill it meanwhile. */
    void giveUp() {
        if (!generations.giveUp(into.number(), owner)) {
            throw takenOver();
        }
        GenerationCollections.drop(into);
        generations.forget(into.number());
    }

    /** Leaves an unfinished generation for another rebuild to continue. */
    @Override
    public void close() {
        beating.interrupt();
        try {
            beating.join(STOP_TIMEOUT);
            leave();
        } catch (InterruptedException _) {
            // The driver does not work on an interrupted thread.
            leave();
            Thread.currentThread().interrupt();
        }
    }

    private void leave() {
        try {
            generations.leave(into.number(), owner);
        } catch (MongoException e) {
            LOG.warn("Cannot tell the store that the rebuild has ended: {}", e.toString());
        }
    }

    private static RebuildRefusedException takenOver() {
        return new RebuildRefusedException(
                "another rebuild of this store took this one for dead and has taken over: nothing is lost by that");
    }

    private void beat() {
        while (!lost) {
            try {
                Thread.sleep(BEAT_EVERY);
                lost = !generations.beat(into.number(), owner);
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException | Error e) {
                FatalErrors.endProcessIfFatal(e);
                LOG.warn("Cannot tell the store that the rebuild is alive: {}", e.toString());
            }
        }
    }
}
