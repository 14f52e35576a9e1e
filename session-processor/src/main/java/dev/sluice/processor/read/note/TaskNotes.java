package dev.sluice.processor.read.note;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Projections;
import dev.sluice.contract.id.NoteId;
import dev.sluice.contract.submission.NoteFields;
import dev.sluice.processor.read.page.Direction;
import dev.sluice.processor.read.page.OrderedList;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.processor.store.SubmissionFields;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The notes about one task, by id. An index finds the submissions that contain such notes; the note's id determines where a page begins
 * within a submission.
 */
record TaskNotes(MongoCollection<RawBsonDocument> submissions, long project, String task)
        implements OrderedList<Long, StoredNote> {

    // A page's notes are in memory at once, and the findings of one may take megabytes: a page ends early beyond this.
    private static final long MAX_BYTES = 8L * 1024 * 1024;
    // So does it beyond this, because with a note all others of its submission are read.
    private static final long MAX_READ = 4 * MAX_BYTES;

    private static final String TASKS_OF_NOTES = SubmissionFields.NOTES + "." + NoteFields.TASK;
    private static final Bson ONLY_TASKS = Projections.include(SubmissionFields.KIND, TASKS_OF_NOTES);

    @Override
    public Run<StoredNote> fetch(Range<Long> range, int limit) {
        Direction direction = range.direction();
        Long beyond = range.beyond();
        if (range.skip() > 0) {
            OptionalLong last = lastOf(range);
            if (last.isEmpty()) {
                return new Run<>(List.of(), false);
            }
            beyond = last.getAsLong();
        }
        List<StoredNote> fetched = new ArrayList<>();
        long bytes = 0;
        long read = 0;
        // Each submission contains at least one wanted note, except perhaps the one that the range begins in. One more
        // shows whether the range continues.
        try (MongoCursor<RawBsonDocument> cursor = find(beyond, direction)
                .projection(StoredNote.SHOWN)
                .limit(limit + 2)
                .cursor()) {
            while (cursor.hasNext()) {
                RawBsonDocument submission = cursor.next();
                for (StoredNote note : within(submission, beyond, direction)) {
                    if (fetched.size() == limit || bytes > MAX_BYTES || read > MAX_READ) {
                        return new Run<>(fetched, true);
                    }
                    bytes += note.bytes();
                    fetched.add(note.detached());
                }
                read += submission.getByteBuffer().remaining();
            }
        }
        return new Run<>(fetched, false);
    }

    @Override
    public boolean hasAny(Range<Long> range) {
        try (MongoCursor<RawBsonDocument> cursor = find(range.beyond(), range.direction())
                .projection(ONLY_TASKS)
                .limit(2)
                .cursor()) {
            while (cursor.hasNext()) {
                if (!within(cursor.next(), range.beyond(), range.direction()).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public Long key(StoredNote note) {
        return note.id();
    }

    /** The last note to skip; empty if there are fewer. */
    private OptionalLong lastOf(Range<Long> range) {
        int left = range.skip();
        try (MongoCursor<RawBsonDocument> cursor =
                find(range.beyond(), range.direction()).projection(ONLY_TASKS).cursor()) {
            while (cursor.hasNext()) {
                List<StoredNote> notes = within(cursor.next(), range.beyond(), range.direction());
                if (left <= notes.size()) {
                    return OptionalLong.of(notes.get(left - 1).id());
                }
                left -= notes.size();
            }
        }
        return OptionalLong.empty();
    }

    private FindIterable<RawBsonDocument> find(@Nullable Long beyond, Direction direction) {
        Bson held = and(eq(SubmissionFields.PROJECT, project), eq(TASKS_OF_NOTES, task));
        Bson wanted =
                beyond == null ? held : and(held, direction.from(SubmissionFields.ID, NoteId.submissionOf(beyond)));
        return submissions
                .find(wanted)
                .sort(direction.sort(SubmissionFields.ID))
                .hintString(StoreIndexes.BY_TASK);
    }

    private List<StoredNote> within(RawBsonDocument submission, @Nullable Long beyond, Direction direction) {
        List<StoredNote> notes = StoredNote.about(task, submission);
        List<StoredNote> ordered = direction == Direction.UP ? notes : notes.reversed();
        return beyond == null
                ? ordered
                : ordered.stream()
                        .filter(note -> direction == Direction.UP ? note.id() > beyond : note.id() < beyond)
                        .toList();
    }
}
