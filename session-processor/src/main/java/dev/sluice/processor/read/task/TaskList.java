package dev.sluice.processor.read.task;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.processor.read.page.Direction;
import dev.sluice.processor.read.page.OrderedList;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.task.TaskFields;
import dev.sluice.processor.task.TaskGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A project's tasks by letters and number, all or those with one status. Reads a few groups at a time. */
record TaskList(MongoCollection<RawBsonDocument> groups, long project, Optional<NoteStatus> status)
        implements OrderedList<String, StoredTask> {

    // Of up to 33 KB each. The first one or two usually contain a page of 50.
    private static final int GROUPS_AT_ONCE = 16;

    @Override
    public Run<StoredTask> fetch(Range<String> range, int limit) {
        List<StoredTask> fetched = new ArrayList<>();
        int passedOver = 0;
        try (MongoCursor<RawBsonDocument> cursor =
                find(range.beyond(), range.direction()).cursor()) {
            while (cursor.hasNext()) {
                for (StoredTask task : within(cursor.next(), range.beyond(), range.direction())) {
                    if (fetched.size() == limit) {
                        return new Run<>(fetched, true);
                    }
                    if (passedOver < range.skip()) {
                        passedOver++;
                    } else {
                        fetched.add(task);
                    }
                }
            }
        }
        return new Run<>(fetched, false);
    }

    @Override
    public boolean hasAny(Range<String> range) {
        return !fetch(range, 1).items().isEmpty();
    }

    @Override
    public String key(StoredTask task) {
        return task.id();
    }

    /** The number of tasks. Reads all of the project's groups. */
    long count() {
        long count = 0;
        try (MongoCursor<RawBsonDocument> cursor = find(null, Direction.UP).cursor()) {
            while (cursor.hasNext()) {
                RawBsonDocument group = cursor.next();
                count += status.isEmpty()
                        ? group.getDocument(TaskFields.TASKS).size()
                        : within(group, null, Direction.UP).size();
            }
        }
        return count;
    }

    private FindIterable<RawBsonDocument> find(@Nullable String beyond, Direction direction) {
        Bson ofProject = and(
                gt(SubmissionFields.ID, TaskGroup.before(project)), lt(SubmissionFields.ID, TaskGroup.after(project)));
        Bson wanted = beyond == null
                ? ofProject
                : and(
                        ofProject,
                        direction.from(
                                SubmissionFields.ID,
                                TaskGroup.of(project, name(beyond)).id()));
        return groups.find(wanted)
                .sort(direction.sort(SubmissionFields.ID))
                .hintString(StoreIndexes.BY_ID)
                .batchSize(GROUPS_AT_ONCE);
    }

    private List<StoredTask> within(RawBsonDocument group, @Nullable String beyond, Direction direction) {
        Comparator<String> order = direction == Direction.UP ? TaskGroup.ORDER : TaskGroup.ORDER.reversed();
        BsonDocument tasks = group.getDocument(TaskFields.TASKS);
        return tasks.entrySet().stream()
                .filter(task -> beyond == null || order.compare(task.getKey(), name(beyond)) > 0)
                .map(task ->
                        new StoredTask(project, task.getKey(), task.getValue().asDocument()))
                .filter(task ->
                        status.isEmpty() || task.status().equals(status.get().slug()))
                .sorted(Comparator.comparing(StoredTask::name, order))
                .toList();
    }

    /** The part of a task's id after the project. */
    private static String name(String id) {
        return id.substring(id.indexOf('-') + 1);
    }
}
