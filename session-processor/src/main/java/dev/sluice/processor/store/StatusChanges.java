package dev.sluice.processor.store;

import dev.sluice.contract.submission.FieldName;
import dev.sluice.contract.submission.NoteStatus;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The tasks whose overall status a submission changed, in the order of their first mention. Depends on the log alone, and is stored with the
 * submission before any task changes, so that a redelivery publishes the same even if the tasks have changed since.
 *
 * @param listed at most {@value #MAX_LISTED} of the changes
 * @param total the number of changes
 */
public record StatusChanges(List<StatusChange> listed, int total) {

    /** The most that are listed. With task ids of maximum length they take 44 KiB of the 64 KiB that a document has for our fields. */
    public static final int MAX_LISTED = 500;

    public static final StatusChanges NONE = new StatusChanges(List.of(), 0);

    private static final String NO_STATUS = "-";
    private static final BsonArray NO_LIST = new BsonArray();

    public StatusChanges {
        listed = List.copyOf(listed);
    }

    /** Lists the first of {@code all}, up to the limit. */
    public static StatusChanges of(List<StatusChange> all) {
        return all.isEmpty() ? NONE : new StatusChanges(all.subList(0, Math.min(all.size(), MAX_LISTED)), all.size());
    }

    void writeTo(BsonBuffer buffer) {
        if (listed.isEmpty()) {
            return;
        }
        buffer.startArray(FieldName.of(SubmissionFields.VERIFICATIONS));
        for (StatusChange change : listed) {
            NoteStatus from = change.from();
            String before = from == null ? NO_STATUS : from.slug();
            buffer.string(null, change.task() + " " + before + " " + change.to().slug());
        }
        buffer.end();
        if (total > listed.size()) {
            buffer.int32(FieldName.of(SubmissionFields.VERIFICATIONS_TOTAL), total);
        }
    }

    static StatusChanges readFrom(BsonDocument submission) {
        List<StatusChange> listed = new ArrayList<>();
        for (BsonValue stored : submission.getArray(SubmissionFields.VERIFICATIONS, NO_LIST)) {
            String[] parts = stored.asString().getValue().split(" ", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("\"" + String.join(" ", parts) + "\" is no change of a status");
            }
            listed.add(new StatusChange(parts[0], status(parts[1]), NoteStatus.of(parts[2])));
        }
        int total = submission
                .getInt32(SubmissionFields.VERIFICATIONS_TOTAL, new BsonInt32(listed.size()))
                .getValue();
        return new StatusChanges(listed, total);
    }

    private static @Nullable NoteStatus status(String text) {
        return text.equals(NO_STATUS) ? null : NoteStatus.of(text);
    }
}
