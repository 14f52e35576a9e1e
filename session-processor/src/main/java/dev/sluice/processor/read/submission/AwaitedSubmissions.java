package dev.sluice.processor.read.submission;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.progress.ReachedPositions;
import dev.sluice.processor.store.SubmissionKind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A project's submissions by id. Waits a bounded time for a submission that is in the log but not in the store yet. Thread-safe. */
public final class AwaitedSubmissions {

    private static final Duration MOMENT = Duration.ofMillis(25);
    private static final Duration FIRST_LOOK = Duration.ofMillis(5);
    private static final Duration SLOWEST_LOOK = Duration.ofMillis(250);
    // Submissions processed as fast as usual are not looked up in the log; nor in the store, if this process will store
    // them itself.
    private static final Duration USUAL = Duration.ofMillis(50);

    private final StoredSubmissions submissions;
    private final SubmissionLocator locator;
    private final BooleanSupplier isLive;
    private final Duration timeout;

    /**
     * @param isLive whether the generation that is read is still being processed into
     * @param timeout how long to wait at most
     */
    public AwaitedSubmissions(
            StoredSubmissions submissions, SubmissionLocator locator, BooleanSupplier isLive, Duration timeout) {
        this.submissions = submissions;
        this.locator = locator;
        this.isLive = isLive;
        this.timeout = timeout;
    }

    /**
     * A submission of the project; for a duplicate, the original.
     *
     * @throws ProblemException 404 if there is none, 503 if it has not arrived in time or that cannot be known
     */
    public FoundSubmission findOriginal(String caller, long project, long id) {
        FoundSubmission found = find(caller, project, id);
        // The original is earlier in the log, but the documents of a batch may become visible in any order.
        return found.kind() == SubmissionKind.DUPLICATE ? find(caller, project, found.original()) : found;
    }

    /**
     * Returns once everything up to a submission of the project is processed, including tasks and counts.
     *
     * @return whether there is such a submission
     * @throws ProblemException 503 if it takes too long or cannot be known
     */
    boolean awaitPassed(String caller, long project, long id) {
        long begin = System.nanoTime();
        return switch (locator.of(project, id)) {
            case NOWHERE -> false;
            case UNKNOWN -> throw logUnknown();
            case PASSED -> new Waiting(caller, project, id, begin).untilPassed(true);
            case AHEAD -> new Waiting(caller, project, id, begin).untilPassed(false);
        };
    }

    private FoundSubmission find(String caller, long project, long id) {
        long begin = System.nanoTime();
        if (locator.isAheadHere(project, id)) {
            awaitAMoment(SubmissionId.of(id));
        }
        return findNow(caller, project, id)
                .or(() -> new Waiting(caller, project, id, begin).untilStored())
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }

    /**
     * A submission of the project, without waiting; empty if it is in the log and not in the store yet.
     *
     * @throws ProblemException 404 if there is none, 503 if that cannot be known
     */
    Optional<FoundSubmission> findNow(String caller, long project, long id) {
        Optional<FoundSubmission> there = submissions.find(caller, project, id);
        if (there.isPresent()) {
            return there;
        }
        return switch (locator.of(project, id)) {
            case NOWHERE -> throw new ProblemException(Problem.NOT_FOUND);
            case UNKNOWN -> throw logUnknown();
            case PASSED -> findPassed(caller, project, id);
            case AHEAD -> Optional.empty();
        };
    }

    /** It may have arrived after a first query; a store that was restored meanwhile receives it again. */
    private Optional<FoundSubmission> findPassed(String caller, long project, long id) {
        Optional<FoundSubmission> there = submissions.find(caller, project, id);
        if (there.isEmpty() && locator.isPassed(SubmissionId.of(id))) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        return there;
    }

    /** Recent submissions mostly arrive within this moment, and then need one query. {@link Waiting} looks again and again for those that do not. */
    private void awaitAMoment(SubmissionId place) {
        try (ReachedPositions.Awaited here = locator.expectStored(place)) {
            if (here.isOwn()) {
                here.await(shorter(MOMENT, timeout));
            }
        } catch (InterruptedException _) {
            throw stopping();
        }
    }

    /** One caller's wait for one submission, since a time in nanoseconds. Not thread-safe. */
    private final class Waiting {

        private final String caller;
        private final long project;
        private final SubmissionId place;
        private final long begin;
        private boolean isReachedHere;
        private boolean isOwnerChecked;
        private Optional<FoundSubmission> found = Optional.empty();

        Waiting(String caller, long project, long id, long begin) {
            this.caller = caller;
            this.project = project;
            this.place = SubmissionId.of(id);
            this.begin = begin;
        }

        /** Waits until it is stored; empty if it never will be. */
        Optional<FoundSubmission> untilStored() {
            try (ReachedPositions.Awaited here = locator.expectStored(place)) {
                await(here, () -> isThereOrNeverWillBe(isPassed()));
            }
            return found;
        }

        /** Waits until everything up to it is processed, as the store may have said before; returns whether it is there. */
        boolean untilPassed(boolean wasPassed) {
            try (ReachedPositions.Awaited here = locator.expectPassed(place)) {
                await(here, () -> (wasPassed || isPassed()) && isThereOrNeverWillBe(true));
            }
            return found.isPresent();
        }

        /**
         * Returns when the waiting is over, or early, having found nothing, if the record in the log belongs to another project, whose timing
         * must not be revealed.
         *
         * @param here ends each pause once this process has reached it; the progress of other processes is only visible in the store
         * @param isOver queries the store
         */
        private void await(ReachedPositions.Awaited here, BooleanSupplier isOver) {
            Duration pause = here.isOwn() ? shorter(USUAL, timeout).minus(since(begin)) : Duration.ZERO;
            pause(here, pause);
            while (!isOver.getAsBoolean()) {
                Duration waited = since(begin);
                // Only once, and only if it takes longer than usual.
                if (!isOwnerChecked && waited.compareTo(USUAL) >= 0) {
                    isOwnerChecked = true;
                    if (locator.isOfAnother(caller, project, place)) {
                        return;
                    }
                    locator.requireNotStopped(place);
                }
                Duration longer = pause.isPositive() ? shorter(pause.multipliedBy(2), SLOWEST_LOOK) : FIRST_LOOK;
                pause = shorter(timeLeft(waited), longer);
                pause(here, pause);
            }
        }

        private boolean isPassed() {
            return isReachedHere || locator.isPassed(place);
        }

        /** If it was passed before this query and is not there, it never will be, unless the store was restored: then it is not passed any more. */
        private boolean isThereOrNeverWillBe(boolean wasPassed) {
            found = submissions.find(caller, project, place.value());
            return found.isPresent() || (wasPassed && locator.isPassed(place));
        }

        private void pause(ReachedPositions.Awaited here, Duration pause) {
            try {
                if (isReachedHere) {
                    // Nothing wakes a waiter twice.
                    Thread.sleep(pause);
                } else {
                    isReachedHere = here.await(pause);
                }
            } catch (InterruptedException _) {
                throw stopping();
            }
        }
    }

    private Duration timeLeft(Duration waited) {
        if (!isLive.getAsBoolean()) {
            throw ProblemException.unavailable("The projection was replaced meanwhile. Try again shortly.");
        }
        Duration left = timeout.minus(waited);
        if (!left.isPositive()) {
            throw ProblemException.unavailable(
                    "The submission was accepted and has not been processed yet. Try again shortly.");
        }
        return left;
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
