package dev.sluice.processor.batch;

import dev.sluice.contract.access.UserJson;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.SessionSummary;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.outcome.DeadLetter;
import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.store.BsonBuffer;
import dev.sluice.processor.store.SubmissionDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.RawBsonDocument;

/** Part of a batch that goes to the store at once: bounded by the bytes of its documents, and used again. For one thread. */
final class Chunk {

    // Below what MongoDB takes in one message (48 MB), and small beside the heap with a chunk per thread.
    private static final int FULL_BYTES = 16 * 1024 * 1024;

    private final RecordReader reader;
    private final BsonBuffer buffer = new BsonBuffer();
    private final List<SubmissionOutcome> outcomes = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final Map<Integer, Long> next = new HashMap<>();

    Chunk(RecordReader reader) {
        this.reader = reader;
    }

    void clear() {
        buffer.clear();
        outcomes.clear();
        deadLetters.clear();
        next.clear();
    }

    boolean isEmpty() {
        return outcomes.isEmpty();
    }

    boolean isFull() {
        return buffer.usedBytes() >= FULL_BYTES;
    }

    /** Reads a record into it. If that throws, the chunk is as it was before. */
    void add(ConsumerRecord<byte[], byte[]> source) {
        SubmissionDocument document = document(source);
        Outcome outcome = write(source, document);
        outcomes.add(new SubmissionOutcome(
                document.id(),
                document.project(),
                document.received(),
                SubmissionHeaders.text(source.headers(), SubmissionHeaders.TRACEPARENT),
                outcome));
        next.put(source.partition(), source.offset() + 1);
    }

    List<RawBsonDocument> documents() {
        return buffer.documents();
    }

    List<SubmissionOutcome> outcomes() {
        return outcomes;
    }

    List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** Per partition the offset after the last record of it. */
    Map<Integer, Long> next() {
        return next;
    }

    private static SubmissionDocument document(ConsumerRecord<byte[], byte[]> source) {
        return new SubmissionDocument(
                new SubmissionId(source.partition(), source.offset()),
                ProjectKey.parse(source.key()),
                Instant.ofEpochMilli(source.timestamp()),
                SubmissionHeaders.text(source.headers(), SubmissionHeaders.USER).flatMap(UserJson::read));
    }

    private Outcome write(ConsumerRecord<byte[], byte[]> source, SubmissionDocument document) {
        document.beginSession(buffer);
        return switch (reader.read(source, buffer)) {
            case Reading.Session(SessionSummary summary) -> {
                buffer.finish();
                yield new Outcome.Stored(summary.analysisRef(), summary.analysisType());
            }
            case Reading.BreaksRules breaks -> reject(document, ErrorsJson.of(breaks.errors()));
            case Reading.TooLarge large -> reject(document, ErrorsJson.detail(large.reason()));
            case Reading.Unreadable unreadable -> {
                buffer.discard();
                document.writeDeadLetter(buffer, unreadable.reason());
                deadLetters.add(new DeadLetter(source, unreadable.reason()));
                yield new Outcome.DeadLettered(unreadable.reason());
            }
        };
    }

    private Outcome reject(SubmissionDocument document, byte[] errors) {
        buffer.discard();
        document.writeRejected(buffer, errors);
        return new Outcome.Rejected(errors);
    }
}
