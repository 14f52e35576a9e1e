package dev.sluice.processor.task;

import dev.sluice.processor.store.FoldedDocuments;
import dev.sluice.processor.store.SubmissionFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonReader;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.io.ByteBufferBsonInput;
import org.jspecify.annotations.Nullable;

/** The notes about one group of tasks, in log order. */
final class TaskGroupChange implements FoldedDocuments.Change {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final long project;
    private final BsonString id;
    private final Map<String, NotesOfTask> tasks = new HashMap<>();

    TaskGroupChange(long project, TaskGroup group) {
        this.project = project;
        this.id = new BsonString(group.id());
    }

    void add(NotesOfTask task) {
        tasks.put(task.task(), task);
    }

    /** Begins with the group's stored document; null if there is none. */
    void beginWith(@Nullable BsonDocument stored) {
        long through = FoldedDocuments.foldedThrough(stored);
        tasks.forEach((name, task) -> task.beginWith(task(stored, name), through));
    }

    @Override
    public BsonValue id() {
        return id;
    }

    @Override
    public long last() {
        return tasks.values().stream().mapToLong(NotesOfTask::last).max().orElse(0);
    }

    @Override
    public BsonDocument changed(@Nullable BsonDocument current, long through) {
        BsonDocument changed = new BsonDocument(TaskFields.PROJECT, new BsonInt64(project));
        tasks.forEach((name, task) -> {
            if (task.last() > through) {
                changed.put(TaskFields.TASKS + "." + name, task.after(task(current, name), through));
            }
        });
        return changed;
    }

    /** Keeps the group's other tasks out of memory. */
    @Override
    public BsonDocument ofConcern(RawBsonDocument stored) {
        BsonDocument found = new BsonDocument();
        try (BsonBinaryReader reader = new BsonBinaryReader(new ByteBufferBsonInput(stored.getByteBuffer()))) {
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                switch (reader.readName()) {
                    case SubmissionFields.ID -> found.put(SubmissionFields.ID, new BsonString(reader.readString()));
                    case FoldedDocuments.FOLDED_THROUGH ->
                        found.put(FoldedDocuments.FOLDED_THROUGH, new BsonInt64(reader.readInt64()));
                    case TaskFields.TASKS -> found.put(TaskFields.TASKS, ofConcern(reader));
                    default -> reader.skipValue();
                }
            }
            reader.readEndDocument();
        }
        for (String field : List.of(FoldedDocuments.FOLDED_THROUGH, TaskFields.TASKS)) {
            if (!found.containsKey(field)) {
                throw new BsonInvalidOperationException("Document does not contain key " + field);
            }
        }
        return found;
    }

    private BsonDocument ofConcern(BsonReader reader) {
        BsonDocument found = new BsonDocument();
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            String name = reader.readName();
            if (tasks.containsKey(name)) {
                found.put(name, CODEC.decode(reader, DecoderContext.builder().build()));
            } else {
                reader.skipValue();
            }
        }
        reader.readEndDocument();
        return found;
    }

    private static @Nullable BsonDocument task(@Nullable BsonDocument group, String name) {
        return group == null
                ? null
                : (BsonDocument) group.getDocument(TaskFields.TASKS).get(name);
    }
}
