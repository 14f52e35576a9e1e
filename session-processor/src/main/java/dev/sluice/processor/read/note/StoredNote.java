package dev.sluice.processor.read.note;

import com.mongodb.client.model.Projections;
import dev.sluice.contract.id.NoteId;
import dev.sluice.contract.submission.NoteFields;
import dev.sluice.processor.read.submission.StoredSubmissions;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.SubmissionKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * A note and the submission that contains it.
 *
 * @param id the note's id
 * @param submission the submission's own fields, without its notes
 * @param note as submitted
 */
record StoredNote(long id, BsonDocument submission, RawBsonDocument note) {

    private static final List<String> OF_SUBMISSION = List.of(
            SubmissionFields.ID,
            SubmissionFields.KIND,
            SubmissionFields.RECEIVED,
            SubmissionFields.UPDATER,
            SubmissionFields.ANALYSIS_TYPE,
            SubmissionFields.ANALYSIS_SESSION);

    /** The fields of a submission that are read. Not what else it has, which may be much larger. */
    static final Bson SHOWN =
            Projections.fields(Projections.include(OF_SUBMISSION), Projections.include(SubmissionFields.NOTES));

    /** The notes of a submission about one task, by id. They share the submission's memory. */
    static List<StoredNote> about(String task, RawBsonDocument submission) {
        long holder = StoredSubmissions.id(submission);
        // A lone note has the index 0; embedded notes start at 1.
        int index = StoredSubmissions.kind(submission) == SubmissionKind.NOTE ? 0 : 1;
        BsonDocument own = own(submission);
        List<StoredNote> about = new ArrayList<>();
        for (BsonValue note : submission.getArray(SubmissionFields.NOTES, new BsonArray())) {
            if (note.asDocument().getString(NoteFields.TASK).getValue().equals(task)) {
                about.add(new StoredNote(new NoteId(holder, index).value(), own, (RawBsonDocument) note.asDocument()));
            }
            index++;
        }
        return about;
    }

    int bytes() {
        return note.getByteBuffer().remaining();
    }

    /** A copy that does not keep the whole submission in memory, which may be much larger than one of its notes. */
    StoredNote detached() {
        return new StoredNote(id, submission, copy(note));
    }

    /** The driver's own clone would copy the whole submission that contains the part. */
    private static RawBsonDocument copy(RawBsonDocument part) {
        ByteBuffer source = part.getByteBuffer().asNIO();
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        return new RawBsonDocument(bytes);
    }

    private static BsonDocument own(RawBsonDocument submission) {
        BsonDocument own = new BsonDocument();
        for (String field : OF_SUBMISSION) {
            BsonValue value = submission.get(field);
            if (value != null) {
                own.put(field, value instanceof RawBsonDocument raw ? copy(raw) : value);
            }
        }
        return own;
    }
}
