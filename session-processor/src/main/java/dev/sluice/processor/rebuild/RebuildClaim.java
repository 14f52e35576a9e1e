package dev.sluice.processor.rebuild;

import com.mongodb.MongoException;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.Generations;
import dev.sluice.processor.generation.Generations.State;
import dev.sluice.processor.generation.Generations.Unfinished;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The right to decide what becomes of a generation that is being filled. A rebuild that begins takes it from the one before, dead or alive: two
 * that fill a generation are like two processors in one, but only the owner may make it live or give it up.
 *
 * @param from the live generation
 * @param into the generation to fill
 * @param isResumed whether another rebuild has begun it
 */
record RebuildClaim(Generations generations, String owner, Generation from, Generation into, boolean isResumed) {

    // Without a primary each takes two seconds, and an election may take ten.
    private static final int TRIES_TO_GO_LIVE = 15;

    /**
     * Begins a generation, or takes over one that is unfinished.
     *
     * @throws RebuildRefusedException if another rebuild was first, or the generation to begin has documents already
     */
    static RebuildClaim take(Generations generations) {
        String owner = UUID.randomUUID().toString();
        State state = generations.state();
        boolean isResumed = state.unfinished().isPresent();
        int into = state.unfinished().map(Unfinished::generation).orElse(state.last() + 1);
        if (!isResumed) {
            requireEmpty(generations.of(into));
        }
        if (!(isResumed ? generations.takeOver(into, owner) : generations.begin(state, owner))) {
            throw new RebuildRefusedException(
                    "another rebuild of this store has begun, ended or given up at this very moment: run this one again if it is still needed");
        }
        return new RebuildClaim(generations, owner, generations.of(state.live()), generations.of(into), isResumed);
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

    /** Throws if another rebuild has taken over. */
    void check() {
        if (!generations.state().unfinished().equals(Optional.of(new Unfinished(into.number(), owner)))) {
            throw takenOver();
        }
    }

    void goLive() {
        for (int i = 1; ; i++) {
            try {
                if (!generations.goLive(from.number(), into.number(), owner)
                        && generations.state().live() != into.number()) {
                    throw takenOver();
                }
                return;
            } catch (MongoException e) {
                // It may be live nevertheless, and then another rebuild would begin anew.
                if (i == TRIES_TO_GO_LIVE) {
                    throw e;
                }
            }
        }
    }

    /**
     * Drops the generation for good. Its number is not given again, so that no other rebuild can take what a former owner writes into it
     * meanwhile for its own.
     */
    void giveUp() {
        if (!generations.giveUp(into.number(), owner)) {
            throw takenOver();
        }
        GenerationCollections.drop(into);
        generations.forget(into.number());
    }

    private static RebuildRefusedException takenOver() {
        return new RebuildRefusedException(
                "another rebuild of this store was started and has taken over: nothing is lost by that");
    }
}
