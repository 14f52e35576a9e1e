package dev.sluice.processor.batch;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.NoteListener;
import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.contract.topic.SubmissionForm;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.fault.SetAside;
import dev.sluice.processor.store.BsonBuffer;
import dev.sluice.processor.store.SubmissionDocument;
import dev.sluice.processor.task.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The part of a batch that is stored at once, bounded by the bytes of its contents and errors, and by the time that storing takes. Reusable. Not
 * thread-safe.
 */
final class Chunk {

    // A chunk per thread is small compared with the heap.
    private static final int FULL_BYTES = 4 * 1024 * 1024;

    private final RecordReader reader;
    private final IdBase ids;
    private final SetAside setAside;
    private final BsonBuffer contents;
    private final List<Note> notes = new ArrayList<>();
    private final NoteListener addingNotes = (task, behaviour, status) -> notes.add(new Note(task, behaviour, status));
    private final List<ReadRecord> records = new ArrayList<>();
    private final Map<Integer, Long> first = new HashMap<>();
    private long errorBytes;
    private final ChunkSize size = new ChunkSize();

    /**
     * Where a chunk has what the validator wrote of a session or a lone note.
     *
     * @param content the index of the document in {@link #contents}
     * @param firstNote the index of its first note
     * @param endNote the index after its last note
     */
    record Written(int content, int firstNote, int endNote) {

        /** Of a bad record. */
        static final Written NOTHING = new Written(-1, 0, 0);
    }

    Chunk(RecordReader reader, IdBase ids, SetAside setAside, BsonBuffer contents) {
        this.reader = reader;
        this.ids = ids;
        this.setAside = setAside;
        this.contents = contents;
    }

    void clear() {
        contents.clear();
        notes.clear();
        records.clear();
        first.clear();
        errorBytes = 0;
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    boolean isFull() {
        return contents.usedBytes() + errorBytes >= FULL_BYTES || records.size() >= size.records();
    }

    /** How many records fill it unless they are large. */
    int wantedRecords() {
        return size.records();
    }

    void completed(Duration took) {
        size.took(took, records.size());
    }

    /**
     * Reads a record into the chunk.
     *
     * @throws UnprocessableRecordException if our own code fails on it; the chunk has the records before it
     */
    void add(ConsumerRecord<byte[], byte[]> source) {
        ReadRecord record;
        try {
            Optional<String> reason = setAside.reason(id(source));
            record = reason.isPresent() ? unread(source, reason.get()) : read(source);
        } catch (RuntimeException e) {
            throw new UnprocessableRecordException(id(source), e);
        }
        records.add(record);
        if (record.reading() instanceof Reading.Faulty(byte[] errors)) {
            errorBytes += errors.length;
        }
        first.putIfAbsent(source.partition(), ids.position(source.offset()));
    }

    List<ReadRecord> records() {
        return records;
    }

    /** The contents that the validator wrote for each session and note. */
    BsonBuffer contents() {
        return contents;
    }

    /** The notes of a session, or the lone note. */
    List<Note> notesOf(ReadRecord record) {
        return notes.subList(record.written().firstNote(), record.written().endNote());
    }

    /** For each partition, the position of its first record. */
    Map<Integer, Long> first() {
        return first;
    }

    private ReadRecord read(ConsumerRecord<byte[], byte[]> source) {
        int firstNote = notes.size();
        RecordReader.Envelope envelope = reader.envelope(source);
        Reading reading = reader.read(source, envelope, contents, addingNotes);
        SubmissionForm form = envelope.form();
        boolean isSubmission = !(reading instanceof Reading.Unreadable);
        if (reading.isBad()) {
            // Or many bad records could fill the memory with theirs.
            notes.subList(firstNote, notes.size()).clear();
        }
        return new ReadRecord(
                source,
                document(source, envelope, isSubmission ? form.idempotencyKey() : Optional.empty()),
                reading,
                reading.isBad() ? Written.NOTHING : new Written(contents.count() - 1, firstNote, notes.size()),
                isSubmission ? form.resubmissionOf() : OptionalLong.empty(),
                digest(source, form, reading));
    }

    /** Of a record that is set aside nothing but its key counts, so that it becomes the same in a version that can read the rest. */
    private ReadRecord unread(ConsumerRecord<byte[], byte[]> source, String reason) {
        SubmissionDocument document = new SubmissionDocument(
                id(source),
                reader.project(source),
                Instant.ofEpochMilli(source.timestamp()),
                Optional.empty(),
                Optional.empty());
        Reading reading = new Reading.Unreadable("Set aside by an administrator: " + reason);
        return new ReadRecord(source, document, reading, Written.NOTHING, OptionalLong.empty(), null);
    }

    private SubmissionId id(ConsumerRecord<byte[], byte[]> source) {
        return ids.idOf(source.partition(), source.offset());
    }

    private SubmissionDocument document(
            ConsumerRecord<byte[], byte[]> source, RecordReader.Envelope envelope, Optional<String> key) {
        return new SubmissionDocument(
                id(source),
                envelope.project(),
                Instant.ofEpochMilli(source.timestamp()),
                envelope.form().user(),
                key);
    }

    private static @Nullable SubmissionDigest digest(
            ConsumerRecord<byte[], byte[]> source, SubmissionForm form, Reading reading) {
        if (form.idempotencyKey().isEmpty() && form.resubmissionOf().isEmpty()) {
            return null;
        }
        return switch (reading) {
            case Reading.Session _ -> SubmissionDigest.of(SubmissionHeaders.CREATE_SESSION, "", source.value());
            case Reading.LoneNote note ->
                SubmissionDigest.of(SubmissionHeaders.CREATE_NOTE, note.task(), source.value());
            case Reading.Faulty _, Reading.Unreadable _ -> null;
        };
    }
}
