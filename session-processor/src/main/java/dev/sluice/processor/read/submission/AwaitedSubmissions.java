package dev.sluice.processor.read.submission;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.progress.ReachedPositions;
import dev.sluice.processor.store.SubmissionKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** A project's submissions by id. Waits a bounded time for a submission that is in the log but not in the store yet. Thread-safe. */
public final class AwaitedSubmissions {

    private static final Duration MOMENT = Duration.ofMillis(25);
    private static final Duration FIRST_LOOK = Duration.ofMillis(5);
    private static final Duration SLOWEST_LOOK = Duration.ofMillis(250);
    // Submissions processed as fast as usual are not looked up in the log; nor in the store, if this process will store
    // them itself.
    private static final Duration USUAL = Duration.ofMillis(50);

    private final StoredSubmissions submissions;
    private final Whereabouts whereabouts;
    private final Predicate<Generation> isLive;
    private final Duration timeout;

    /**
     * Reads from a store and a log.
     *
     * @param isLive whether a generation is still being processed into
     * @param timeout how long to wait at most
     */
    public AwaitedSubmissions(
            StoredSubmissions submissions, Whereabouts whereabouts, Predicate<Generation> isLive, Duration timeout) {
        this.submissions = submissions;
        this.whereabouts = whereabouts;
        this.isLive = isLive;
        this.timeout = timeout;
    }

    /**
     * A submission of the project, as {@link StoredSubmissions#find} finds it; for a duplicate, the original.
     *
     * @throws ProblemException 404 if there is none, 503 if it has not arrived in time or that cannot be known
     */
    public RawBsonDocument findOriginal(String caller, long project, long id) {
        RawBsonDocument found = find(caller, project, id);
        // The original is earlier in the log, but the documents of a batch may become visible in any order.
        return StoredSubmissions.kind(found) == SubmissionKind.DUPLICATE
                ? find(caller, project, StoredSubmissions.original(found))
                : found;
    }

    /**
     * Returns once everything up to a submission of the project is processed, including tasks and counts.
     *
     * @return whether there is such a submission
     * @throws ProblemException 503 if it takes too long or cannot be known
     */
    boolean awaitPassed(String caller, long project, long id) {
        long begin = System.nanoTime();
        return switch (whereabouts.of(project, id)) {
            case NOWHERE -> false;
            case UNKNOWN -> throw logUnknown();
            case PASSED -> isThereOncePassed(new Wanted(caller, project, SubmissionId.of(id), begin, true));
            case AHEAD -> isThereOncePassed(new Wanted(caller, project, SubmissionId.of(id), begin, false));
        };
    }

    private boolean isThereOncePassed(Wanted wanted) {
        AtomicReference<@Nullable RawBsonDocument> found = new AtomicReference<>();
        try (ReachedPositions.Awaited here = whereabouts.expectPassed(wanted.place())) {
            await(wanted, here, isReachedHere -> isPassed(wanted, isReachedHere) && lookForTheLastTime(wanted, found));
        }
        return found.get() != null;
    }

    private RawBsonDocument find(String caller, long project, long id) {
        long begin = System.nanoTime();
        if (whereabouts.isAheadHere(project, id)) {
            awaitAMoment(SubmissionId.of(id));
        }
        return findNow(project, id)
                .or(() -> awaitStored(new Wanted(caller, project, SubmissionId.of(id), begin, false)))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }

    /**
     * A submission of the project, without waiting; empty if it is in the log and not in the store yet.
     *
     * @throws ProblemException 404 if there is none, 503 if that cannot be known
     */
    Optional<RawBsonDocument> findNow(long project, long id) {
        Optional<RawBsonDocument> there = submissions.find(project, id);
        if (there.isPresent()) {
            return there;
        }
        return switch (whereabouts.of(project, id)) {
            case NOWHERE -> throw new ProblemException(Problem.NOT_FOUND);
            case UNKNOWN -> throw logUnknown();
            case PASSED -> findPassed(project, id);
            case AHEAD -> Optional.empty();
        };
    }

    /** It may have arrived after a first query; a store that was restored meanwhile receives it again. */
    private Optional<RawBsonDocument> findPassed(long project, long id) {
        Optional<RawBsonDocument> there = submissions.find(project, id);
        if (there.isEmpty() && whereabouts.isPassed(SubmissionId.of(id))) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        return there;
    }

    /** Waits a moment, in which most recent submissions arrive, before asking Kafka or the store. */
    private void awaitAMoment(SubmissionId place) {
        try (ReachedPositions.Awaited here = whereabouts.expectStored(place)) {
            if (here.isOwn()) {
                awaitReached(here, shorter(MOMENT, timeout));
            }
        }
    }

    private Optional<RawBsonDocument> awaitStored(Wanted wanted) {
        AtomicReference<@Nullable RawBsonDocument> found = new AtomicReference<>();
        try (ReachedPositions.Awaited here = whereabouts.expectStored(wanted.place())) {
            await(wanted, here, isReachedHere -> {
                // In this order: if it was passed before the store was queried and is not there, it never will be.
                return isPassed(wanted, isReachedHere) ? lookForTheLastTime(wanted, found) : lookFor(wanted, found);
            });
        }
        return Optional.ofNullable(found.get());
    }

    private boolean isPassed(Wanted wanted, boolean isReachedHere) {
        return wanted.wasPassed() || isReachedHere || whereabouts.isPassed(wanted.place());
    }

    /** Whether it is stored or never will be, given that it was passed; a store restored since then says that it was not passed. */
    private boolean lookForTheLastTime(Wanted wanted, AtomicReference<@Nullable RawBsonDocument> found) {
        return lookFor(wanted, found) || whereabouts.isPassed(wanted.place());
    }

    /** Whether it is stored. */
    private boolean lookFor(Wanted wanted, AtomicReference<@Nullable RawBsonDocument> found) {
        found.set(submissions.find(wanted.project(), wanted.place().value()).orElse(null));
        return found.get() != null;
    }

    /** What a caller waits for, since when, in nanoseconds, and whether the store had passed it at the first query. */
    private record Wanted(String caller, long project, SubmissionId place, long begin, boolean wasPassed) {}

    /** Whether the waiting is over. */
    private interface Look {

        /** Queries the store, where this process may have stored the submission. */
        boolean isDone(boolean isReachedHere);
    }

    /**
     * Returns when the waiting is over, or early, having found nothing, if the record in the log belongs to another project, whose timing must
     * not be revealed.
     *
     * @param here ends each pause once this process has reached it; the progress of other processes is only visible in the store
     */
    private void await(Wanted wanted, ReachedPositions.Awaited here, Look look) {
        boolean isOwnerChecked = false;
        Duration pause = here.isOwn() ? shorter(USUAL, timeout).minus(since(wanted.begin())) : Duration.ZERO;
        boolean isReachedHere = awaitReached(here, pause);
        while (!look.isDone(isReachedHere)) {
            Duration waited = since(wanted.begin());
            if (!isOwnerChecked && waited.compareTo(USUAL) >= 0) {
                if (whereabouts.isOfAnother(wanted.caller(), wanted.project(), wanted.place())) {
                    return;
                }
                whereabouts.requireNotStopped(wanted.place());
                isOwnerChecked = true;
            }
            Duration longer = pause.isPositive() ? shorter(pause.multipliedBy(2), SLOWEST_LOOK) : FIRST_LOOK;
            pause = shorter(timeLeft(waited), longer);
            if (isReachedHere) {
                sleep(pause);
            } else {
                isReachedHere = awaitReached(here, pause);
            }
        }
    }

    private Duration timeLeft(Duration waited) {
        if (!isLive.test(whereabouts.generation())) {
            throw ProblemException.unavailable("The projection was replaced meanwhile. Try again shortly.");
        }
        Duration left = timeout.minus(waited);
        if (!left.isPositive()) {
            throw ProblemException.unavailable(
                    "The submission was accepted and has not been processed yet. Try again shortly.");
        }
        return left;
    }

    private static boolean awaitReached(ReachedPositions.Awaited here, Duration within) {
        try {
            return here.await(within);
        } catch (InterruptedException _) {
            throw stopping();
        }
    }

    /** For callers that are woken only once and must query again. */
    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            throw stopping();
        }
    }

    private static ProblemException stopping() {
        Thread.currentThread().interrupt();
        return ProblemException.unavailable(
                "The server is stopping, and the submission has not been processed yet. Try again shortly.");
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The 503 when only Kafka could tell, but it is unavailable or withholds the record because of an open transaction before it. */
    public static ProblemException logUnknown() {
        return ProblemException.unavailable(
                "Kafka cannot tell at the moment whether there is such a submission. Try again shortly.");
    }
}
