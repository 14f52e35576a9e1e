package dev.sluice.processor.batch;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.submission.NoteListener;
import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.contract.topic.SubmissionForm;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.outcome.DeadLetter;
import dev.sluice.processor.store.BsonBuffer;
import dev.sluice.processor.store.SubmissionDocument;
import dev.sluice.processor.task.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
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
    private final BsonBuffer contents;
    private final List<Note> notes = new ArrayList<>();
    private final NoteListener addingNotes = (task, behaviour, status) -> notes.add(new Note(task, behaviour, status));
    private final List<ReadRecord> records = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final Map<Integer, Long> first = new HashMap<>();
    private final Map<Integer, Long> next = new HashMap<>();
    // For each partition, the leader epochs of its records by the first position that has each.
    private final Map<Integer, NavigableMap<Long, Integer>> leaderEpochs = new HashMap<>();
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

    Chunk(RecordReader reader, IdBase ids, BsonBuffer contents) {
        this.reader = reader;
        this.ids = ids;
        this.contents = contents;
    }

    void clear() {
        contents.clear();
        notes.clear();
        records.clear();
        deadLetters.clear();
        first.clear();
        next.clear();
        leaderEpochs.clear();
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

    /** Notes how long it took until all records had their outcomes. */
    void completed(Duration took) {
        size.took(took, records.size());
    }

    /** Reads a record into the chunk. If it throws, the chunk is unchanged. */
    void add(ConsumerRecord<byte[], byte[]> source) {
        int firstNote = notes.size();
        try {
            records.add(read(source, firstNote));
        } catch (RuntimeException e) {
            forgetNotesFrom(firstNote);
            throw e;
        }
        long position = ids.position(source.offset());
        first.putIfAbsent(source.partition(), position);
        next.put(source.partition(), position + 1);
        source.leaderEpoch().ifPresent(epoch -> sawLeader(source.partition(), position, epoch));
    }

    /** Removes the dead letters of a partition from a position on, and ends the partition's progress there. */
    void endAt(int partition, long position) {
        next.computeIfPresent(partition, (_, end) -> Math.min(end, position));
        long offset = ids.offset(position);
        deadLetters.removeIf(letter ->
                letter.source().partition() == partition && letter.source().offset() >= offset);
    }

    private void sawLeader(int partition, long position, int epoch) {
        NavigableMap<Long, Integer> known = leaderEpochs.computeIfAbsent(partition, _ -> new TreeMap<>());
        if (known.isEmpty() || known.lastEntry().getValue() != epoch) {
            known.put(position, epoch);
        }
    }

    /** The records in log order. */
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

    List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** For each partition, the position of its first record. */
    Map<Integer, Long> first() {
        return first;
    }

    /** For each partition, the position after its last record. */
    Map<Integer, Long> next() {
        return next;
    }

    /** For each partition, the leader epoch of its last record, if known. */
    Map<Integer, Integer> leaderEpochs() {
        Map<Integer, Integer> last = new HashMap<>();
        leaderEpochs.forEach((partition, known) -> {
            Map.Entry<Long, Integer> entry = known.lowerEntry(next.getOrDefault(partition, 0L));
            if (entry != null) {
                last.put(partition, entry.getValue());
            }
        });
        return last;
    }

    private ReadRecord read(ConsumerRecord<byte[], byte[]> source, int firstNote) {
        RecordReader.Envelope envelope = reader.envelope(source);
        Reading reading = reader.read(source, envelope, contents, addingNotes);
        SubmissionForm form = envelope.form();
        boolean isSubmission = !(reading instanceof Reading.Unreadable);
        ReadRecord record = new ReadRecord(
                document(source, envelope, isSubmission ? form.idempotencyKey() : Optional.empty()),
                SubmissionHeaders.traceparent(source.headers()),
                SubmissionHeaders.requestId(source.headers()),
                reading,
                reading.isBad() ? Written.NOTHING : new Written(contents.count() - 1, firstNote, notes.size()),
                isSubmission ? form.resubmissionOf() : OptionalLong.empty(),
                digest(source, form, reading));
        // Last, because a dead letter must not stay if anything above fails.
        if (reading.isBad()) {
            forgetNotesFrom(firstNote);
            addBad(source, reading);
        }
        return record;
    }

    /** Adds what is kept of a bad record instead of contents and notes. */
    private void addBad(ConsumerRecord<byte[], byte[]> source, Reading reading) {
        switch (reading) {
            case Reading.Session _, Reading.LoneNote _ -> {}
            case Reading.Faulty(byte[] errors) -> errorBytes += errors.length;
            case Reading.Unreadable(String reason) -> deadLetters.add(new DeadLetter(source, reason));
        }
    }

    private SubmissionDocument document(
            ConsumerRecord<byte[], byte[]> source, RecordReader.Envelope envelope, Optional<String> key) {
        return new SubmissionDocument(
                ids.idOf(source.partition(), source.offset()),
                envelope.project(),
                Instant.ofEpochMilli(source.timestamp()),
                envelope.form().user(),
                key);
    }

    private void forgetNotesFrom(int firstNote) {
        notes.subList(firstNote, notes.size()).clear();
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
