package dev.sluice.processor.task;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import dev.sluice.contract.submission.Behaviour;
import dev.sluice.contract.submission.NoteFields;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.processor.generation.UnreadableDocumentException;
import dev.sluice.processor.store.SubmissionFields;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** Derives what stood for a task at some point from its notes, reading back to the last one that replaced all earlier ones. */
record TaskHistory(MongoCollection<RawBsonDocument> submissions) {

    // A long history takes longer than an operation may; MongoDB's first reply has at most 101 documents.
    private static final int PAGE = 100;

    private static final String NOTES = SubmissionFields.NOTES + ".";
    private static final Bson OF_NOTES = include(
            SubmissionFields.ANALYSIS_TYPE,
            NOTES + NoteFields.TASK,
            NOTES + NoteFields.BEHAVIOUR,
            NOTES + NoteFields.STATUS);

    /** What stood before a submission. All earlier submissions must be stored. */
    Verification before(long project, String task, long submission) {
        ReadBackwards read = new ReadBackwards(task, submission);
        long before;
        do {
            before = read.earliest;
            page(project, task, before).forEach(read::precededBy);
        } while (read.earliest < before && !read.isComplete());
        return read.verification();
    }

    private FindIterable<RawBsonDocument> page(long project, String task, long before) {
        Bson earlier = and(
                eq(SubmissionFields.PROJECT, project),
                eq(NOTES + NoteFields.TASK, task),
                lt(SubmissionFields.ID, before));
        return submissions
                .find(earlier)
                .sort(descending(SubmissionFields.ID))
                .limit(PAGE)
                .projection(OF_NOTES);
    }

    /** Collects what stands, from the last note backwards. */
    private static final class ReadBackwards {

        private final String task;
        private final Map<String, NoteStatus> statuses = new HashMap<>();
        private final Set<String> replaced = new HashSet<>();
        private boolean isComplete;
        private long earliest;

        ReadBackwards(String task, long submission) {
            this.task = task;
            this.earliest = submission;
        }

        boolean isComplete() {
            return isComplete;
        }

        void precededBy(BsonDocument submission) {
            earliest = submission.getInt64(SubmissionFields.ID).getValue();
            try {
                read(submission);
            } catch (BsonInvalidOperationException | IllegalArgumentException e) {
                throw new UnreadableDocumentException("submission " + earliest, e);
            }
        }

        private void read(BsonDocument submission) {
            String type = submission.getString(SubmissionFields.ANALYSIS_TYPE).getValue();
            List<BsonValue> notes = submission.getArray(SubmissionFields.NOTES).getValues();
            for (BsonValue value : notes.reversed()) {
                BsonDocument note = value.asDocument();
                if (note.getString(NoteFields.TASK).getValue().equals(task)) {
                    precededBy(
                            type,
                            Behaviour.of(note.getString(NoteFields.BEHAVIOUR).getValue()),
                            NoteStatus.of(note.getString(NoteFields.STATUS).getValue()));
                }
            }
        }

        Verification verification() {
            return new Verification(statuses);
        }

        private void precededBy(String type, Behaviour behaviour, NoteStatus status) {
            if (!isComplete && !replaced.contains(type)) {
                statuses.merge(type, status, NoteStatus::or);
            }
            switch (behaviour) {
                case COMBINE -> {}
                case REPLACE_SCANNER -> replaced.add(type);
                case REPLACE -> isComplete = true;
            }
        }
    }
}
