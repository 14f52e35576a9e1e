package dev.sluice.processor.batch;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.SubmissionDigest;
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
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Part of a batch that goes to the store at once: bounded by the bytes of what its records say and by the time that it takes, and used again.
 * For one thread.
 */
final class Chunk {

    // With the documents made of it below what MongoDB takes in one message (48 MB), and small beside the heap with a
    // chunk per thread.
    private static final int FULL_BYTES = 4 * 1024 * 1024;

    private final RecordReader reader;
    private final IdBase ids;
    private final BsonBuffer contents;
    private final List<Note> notes = new ArrayList<>();
    private final List<ReadRecord> records = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final Map<Integer, Long> first = new HashMap<>();
    private final Map<Integer, Long> next = new HashMap<>();
    private final Map<Integer, Integer> leaderEpochs = new HashMap<>();
    private final ChunkSize size = new ChunkSize();

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
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    boolean isFull() {
        return contents.usedBytes() >= FULL_BYTES || records.size() >= size.records();
    }

    /** How many records fill it, unless they are large. */
    int wantedRecords() {
        return size.records();
    }

    /** All of it has its outcome, after so long. */
    void completed(Duration took) {
        size.took(took, records.size());
    }

    /** Reads a record into it. If that throws, the chunk is as it was before. */
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
        source.leaderEpoch().ifPresent(epoch -> leaderEpochs.put(source.partition(), epoch));
    }

    /** What it has of a partition from a position on is not to be told of. */
    void endAt(int partition, long position) {
        Long end = next.get(partition);
        if (end != null && position < end) {
            next.put(partition, position);
            // It is the last record's, which is not told of.
            leaderEpochs.remove(partition);
        }
        long offset = ids.offset(position);
        deadLetters.removeIf(letter ->
                letter.source().partition() == partition && letter.source().offset() >= offset);
    }

    /** In the order of the log. */
    List<ReadRecord> records() {
        return records;
    }

    /** What the validator wrote of each session and note. */
    BsonBuffer contents() {
        return contents;
    }

    /** The notes of a session, or the lone note. */
    List<Note> notesOf(ReadRecord record) {
        return notes.subList(record.firstNote(), record.endNote());
    }

    List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** Per partition the position of the first record of it. */
    Map<Integer, Long> first() {
        return first;
    }

    /** Per partition the position after the last record of it. */
    Map<Integer, Long> next() {
        return next;
    }

    /** Per partition under which leader Kafka took the last record of it, where it was told. */
    Map<Integer, Integer> leaderEpochs() {
        return leaderEpochs;
    }

    private ReadRecord read(ConsumerRecord<byte[], byte[]> source, int firstNote) {
        Envelope envelope = reader.envelope(source);
        ParsedRecord reading = reader.read(
                source, envelope, contents, (task, behaviour, status) -> notes.add(new Note(task, behaviour, status)));
        Optional<String> key = Optional.empty();
        OptionalLong resubmissionOf = OptionalLong.empty();
        switch (reading) {
            case ParsedRecord.Session _, ParsedRecord.LoneNote _, ParsedRecord.Faulty _ -> {
                key = envelope.form().idempotencyKey();
                resubmissionOf = envelope.form().resubmissionOf();
            }
            case ParsedRecord.Unreadable(String reason) -> deadLetters.add(new DeadLetter(source, reason));
        }
        SubmissionDigest digest = key.isPresent() || resubmissionOf.isPresent() ? digest(source, reading) : null;
        int content = contents.count() - 1;
        if (!isKept(reading)) {
            contents.discard();
            forgetNotesFrom(firstNote);
        }
        return new ReadRecord(
                document(source, envelope, key),
                SubmissionHeaders.traceparent(source.headers()),
                SubmissionHeaders.requestId(source.headers()),
                reading,
                content,
                firstNote,
                notes.size(),
                resubmissionOf,
                digest);
    }

    private SubmissionDocument document(
            ConsumerRecord<byte[], byte[]> source, Envelope envelope, Optional<String> key) {
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

    private static boolean isKept(ParsedRecord reading) {
        return switch (reading) {
            case ParsedRecord.Session _, ParsedRecord.LoneNote _ -> true;
            case ParsedRecord.Faulty _, ParsedRecord.Unreadable _ -> false;
        };
    }

    private static @Nullable SubmissionDigest digest(ConsumerRecord<byte[], byte[]> source, ParsedRecord reading) {
        return switch (reading) {
            case ParsedRecord.Session _ -> SubmissionDigest.of(SubmissionHeaders.CREATE_SESSION, "", source.value());
            case ParsedRecord.LoneNote note ->
                SubmissionDigest.of(SubmissionHeaders.CREATE_NOTE, note.task(), source.value());
            case ParsedRecord.Faulty _, ParsedRecord.Unreadable _ -> null;
        };
    }
}
