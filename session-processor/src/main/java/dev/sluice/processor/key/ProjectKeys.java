package dev.sluice.processor.key;

import dev.sluice.processor.store.SubmissionFields;
import java.util.HashSet;
import java.util.Set;
import org.bson.BsonDocument;

/** The keys of a project as they are stored. Keys chosen by clients and keys made by us never collide. */
public final class ProjectKeys {

    private ProjectKeys() {}

    /** The keys that a stored submission may have claimed. */
    static Set<String> of(BsonDocument submission) {
        Set<String> keys = new HashSet<>();
        if (submission.containsKey(SubmissionFields.PROJECT)) {
            long project = submission.getInt64(SubmissionFields.PROJECT).getValue();
            if (submission.containsKey(SubmissionFields.KEY)) {
                keys.add(ofClient(
                        project, submission.getString(SubmissionFields.KEY).getValue()));
            }
            if (submission.containsKey(SubmissionFields.RESUBMISSION_OF)) {
                keys.add(ofResubmission(
                        project,
                        submission.getInt64(SubmissionFields.RESUBMISSION_OF).getValue()));
            }
        }
        return keys;
    }

    /** A client's Idempotency-Key. */
    public static String ofClient(long project, String idempotencyKey) {
        return project + " key " + idempotencyKey;
    }

    /** The key for putting a submission back on the log. */
    public static String ofResubmission(long project, long submission) {
        return project + " resubmission " + submission;
    }
}
