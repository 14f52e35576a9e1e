package dev.sluice.processor.read.submission;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.api.AnswerHeaders;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.lookup.LogLookup;
import dev.sluice.http.lookup.SubmissionLog;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.OwnProgress;
import dev.sluice.processor.progress.ReachedPositions;
import dev.sluice.service.offsets.LogOffsets;
import java.util.OptionalInt;

/** Finds out from an id how far a submission has come, and whether it can exist at all. Thread-safe. */
public final class SubmissionLocator {

    private final Generation generation;
    private final MongoProgress progress;
    private final OwnProgress own;
    private final SubmissionsTopic topic;
    private final LogOffsets offsets;
    private final SubmissionLog log;
    private final MongoHalts halts;

    public SubmissionLocator(
            Generation generation,
            MongoProgress progress,
            OwnProgress own,
            SubmissionsTopic topic,
            LogOffsets offsets,
            SubmissionLog log,
            MongoHalts halts) {
        this.generation = generation;
        this.progress = progress;
        this.own = own;
        this.topic = topic;
        this.offsets = offsets;
        this.log = log;
        this.halts = halts;
    }

    enum Where {
        /** The project cannot have a submission with this id now. */
        NOWHERE,
        /** Its place in the log was passed: if it exists, the store has it. */
        PASSED,
        /** It is in the log and will be processed. */
        AHEAD,
        /** Unknown, because Kafka has not been reached yet, or the topic is refused. */
        UNKNOWN
    }

    Where of(long project, long id) {
        if (!SubmissionId.isValid(id)) {
            return Where.NOWHERE;
        }
        SubmissionId place = SubmissionId.of(id);
        // A former topic may have had another number of partitions.
        if (topic.ids().isOfFormerLog(place)) {
            return Where.PASSED;
        }
        OptionalInt partition = topic.partitionOf(project);
        if (partition.isEmpty()) {
            return Where.UNKNOWN;
        }
        if (place.partition() != partition.getAsInt()) {
            return Where.NOWHERE;
        }
        if (!own.stored().isAhead(generation, place) && isPassed(place)) {
            return Where.PASSED;
        }
        return offsets.reaches(place.partition(), place.position()) ? Where.AHEAD : Where.NOWHERE;
    }

    /**
     * Whether the record in the log belongs to another project; takes as long as {@link SubmissionLog#look}.
     *
     * @throws ProblemException 429 or 503 if the caller does not get its turn to look
     */
    boolean isOfAnother(String caller, long project, SubmissionId place) {
        return log.look(caller, project, place, found -> found instanceof LogLookup.Nowhere);
    }

    /**
     * Returns if the submission is not behind the stop of its partition.
     *
     * @throws ProblemException 503 if it is, for a client that knows that the submission is its own
     */
    void requireNotStopped(SubmissionId place) {
        halts.before(place).ifPresent(halt -> {
            throw new ProblemException(
                    Problem.unavailable(
                            "The submission was accepted and has not been processed yet: its partition is stopped ("
                                    + halt.reason() + ") until an operator resumes it."),
                    AnswerHeaders.RETRY_LATER);
        });
    }

    /** Whether this process will store the submission, if it exists, and has not done so yet. */
    boolean isAheadHere(long project, long id) {
        if (!SubmissionId.isValid(id)) {
            return false;
        }
        SubmissionId place = SubmissionId.of(id);
        OptionalInt partition = topic.partitionOf(project);
        return partition.isPresent()
                && partition.getAsInt() == place.partition()
                && own.stored().isAhead(generation, place);
    }

    /** Is woken when this process has stored the submission. */
    ReachedPositions.Awaited expectStored(SubmissionId place) {
        return own.stored().expect(generation, place);
    }

    /** Is woken when this process has stored the submission and everything derived from it. */
    ReachedPositions.Awaited expectPassed(SubmissionId place) {
        return own.passed().expect(generation, place);
    }

    /** Whether the store has passed it, whichever process stored it. */
    boolean isPassed(SubmissionId place) {
        // A submission of a former topic that the store lacks will never arrive.
        return topic.ids().isOfFormerLog(place)
                || progress.next(place.partition()).orElse(0) > place.position();
    }
}
