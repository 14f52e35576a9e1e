package dev.sluice.processor.count;

import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.store.FoldedDocuments;
import dev.sluice.processor.store.SubmissionState;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The outcomes of a project's submissions, in log order. */
final class CountChange implements FoldedDocuments.Change {

    /** By the slug of an analysis type, the number of stored sessions, 64 bits; missing if there are none. */
    static final String SESSIONS = "sessions";
    /** By the slug of a {@link SubmissionState}, the number of submissions, 64 bits. */
    static final String STATES = "states";

    private static final BsonInt64 NONE = new BsonInt64(0);

    private final BsonInt64 project;
    private final List<SubmissionOutcome> outcomes = new ArrayList<>();

    CountChange(long project) {
        this.project = new BsonInt64(project);
    }

    void add(SubmissionOutcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public BsonValue id() {
        return project;
    }

    @Override
    public long last() {
        return outcomes.getLast().id().value();
    }

    @Override
    public BsonDocument changed(@Nullable BsonDocument current, long through) {
        BsonDocument sessions = current == null
                ? new BsonDocument()
                : current.getDocument(SESSIONS).clone();
        BsonDocument states =
                current == null ? zero() : current.getDocument(STATES).clone();
        for (SubmissionOutcome outcome : outcomes) {
            if (outcome.id().value() > through) {
                count(outcome.outcome(), sessions, states);
            }
        }
        return new BsonDocument(SESSIONS, sessions).append(STATES, states);
    }

    private static void count(Outcome outcome, BsonDocument sessions, BsonDocument states) {
        if (outcome instanceof Outcome.StoredSession session) {
            increment(sessions, session.analysisType().slug());
        }
        increment(states, state(outcome).slug());
    }

    private static SubmissionState state(Outcome outcome) {
        return switch (outcome) {
            case Outcome.StoredSession _, Outcome.StoredNote _ -> SubmissionState.STORED;
            case Outcome.Duplicate _ -> SubmissionState.DUPLICATE;
            // A dead letter that names a project is shown to that project as rejected.
            case Outcome.Rejected _, Outcome.DeadLettered _ -> SubmissionState.REJECTED;
        };
    }

    private static void increment(BsonDocument counts, String name) {
        counts.put(name, new BsonInt64(counts.getInt64(name, NONE).getValue() + 1));
    }

    private static BsonDocument zero() {
        BsonDocument zero = new BsonDocument();
        for (SubmissionState state : SubmissionState.values()) {
            zero.append(state.slug(), NONE);
        }
        return zero;
    }
}
