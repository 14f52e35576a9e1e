package dev.sluice.processor.read.submission;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.log.LogLookup;
import dev.sluice.http.log.SubmissionLog;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.OwnProgress;
import dev.sluice.processor.progress.ReachedPositions;
import dev.sluice.processor.topic.LogOffsets;
import dev.sluice.processor.topic.SubmissionsTopic;
import java.util.OptionalInt;

/** Tells from an id alone how far it is on its way, if there can be such a submission at all. Thread-safe. */
public final class LogPlaces {

    private final Generation generation;
    private final MongoProgress progress;
    private final OwnProgress own;
    private final SubmissionsTopic topic;
    private final LogOffsets offsets;
    private final SubmissionLog log;

    public LogPlaces(
            Generation generation, OwnProgress own, SubmissionsTopic topic, LogOffsets offsets, SubmissionLog log) {
        this.generation = generation;
        this.progress = new MongoProgress(generation);
        this.own = own;
        this.topic = topic;
        this.offsets = offsets;
        this.log = log;
    }

    /** The one that says what was passed. */
    Generation generation() {
        return generation;
    }

    /** Where a submission is. */
    enum Whereabouts {
        /** The project cannot have one of this id now. */
        NOWHERE,
        /** Its place in the log was passed: whatever it is, the store has it. */
        PASSED,
        /** It is in the log, and its turn comes. */
        AHEAD,
        /** Nobody can say before Kafka was seen for the first time. */
        UNKNOWN
    }

    Whereabouts of(long project, long id) {
        if (!SubmissionId.isValid(id)) {
            return Whereabouts.NOWHERE;
        }
        SubmissionId place = SubmissionId.of(id);
        OptionalInt partition = topic.partitionOf(project);
        if (partition.isEmpty()) {
            return Whereabouts.UNKNOWN;
        }
        if (place.partition() != partition.getAsInt()) {
            return Whereabouts.NOWHERE;
        }
        if (!own.stored().isAhead(generation, place) && isPassed(place)) {
            return Whereabouts.PASSED;
        }
        return offsets.reaches(place.partition(), place.position()) ? Whereabouts.AHEAD : Whereabouts.NOWHERE;
    }

    /**
     * Whether what is in the log there is another project's; takes as long as {@link SubmissionLog#look}.
     *
     * @throws dev.sluice.http.api.ProblemException 429 or 503 if the caller's turn to look does not come
     */
    boolean isOfAnother(String caller, long project, SubmissionId place) {
        return log.look(caller, project, place, found -> found instanceof LogLookup.Nowhere);
    }

    /** Whether this very process will store what is there, if there is anything, and has not yet. */
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

    /** It is woken when this very process has stored what is there. */
    ReachedPositions.Awaited expectStored(SubmissionId place) {
        return own.stored().expect(generation, place);
    }

    /** It is woken when this very process has stored what is there, and all that follows from it. */
    ReachedPositions.Awaited expectPassed(SubmissionId place) {
        return own.passed().expect(generation, place);
    }

    /** Whether the store says so, whoever did it. */
    boolean isPassed(SubmissionId place) {
        // What a former topic had, and the store has not, never comes.
        return topic.ids().isOfFormerLog(place)
                || progress.next(place.partition()).orElse(0) > place.position();
    }
}
