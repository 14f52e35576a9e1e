package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.read.json.BsonJson;
import dev.sluice.processor.store.BsonBuffer;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Any bytes, submitted as a session and as a note: the edge answers according to the contract. The processor accepts what the edge accepts, in
 * a readable document of the length that the edge calculated, and would reject what the edge rejects for the same reason.
 */
public final class SubmissionFuzz {

    private static final long PROJECT = 1;
    private static final int PARTITIONS = 1;
    private static final User USER = new User(1, "a@example.com", "A", "B");
    private static final SubmissionValidator EDGE = new SubmissionValidator();
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_DOCUMENT_BYTES = 16 * 1024 * 1024;

    private SubmissionFuzz() {}

    public static void fuzzerTestOneInput(byte[] body) {
        String source = "/api/v2/projects/1/";
        check(
                body,
                EDGE.validateSession(body, PROJECT, new DocumentSize()),
                SubmissionHeaders.ofSession("1", source, USER, "key", null));
        check(
                body,
                EDGE.validateNote(body, PROJECT, new DocumentSize()),
                SubmissionHeaders.ofNote("1", source, "T1", USER, null, null));
    }

    private static void check(byte[] body, Validation<?> edge, Headers headers) {
        Chunk chunk = new Chunk(reader(), IdBase.NONE, _ -> Optional.empty(), new BsonBuffer());
        chunk.add(record(body, headers));
        ReadRecord record = chunk.records().getFirst();

        Outcome outcome =
                switch (record.reading()) {
                    case Reading.Session(var session) -> {
                        assertThat(edge).isEqualTo(new Validation.Valid<>(session));
                        yield new Outcome.StoredSession(session.analysisRef(), session.analysisType());
                    }
                    case Reading.LoneNote(var task, var note) -> {
                        assertThat(edge).isEqualTo(new Validation.Valid<>(note));
                        yield new Outcome.StoredNote(task, AnalysisType.MANUAL.slug(), note.session());
                    }
                    case Reading.Faulty(var errors) -> {
                        assertThat(edge).isInstanceOfAny(Validation.Invalid.class, Validation.TooLarge.class);
                        assertThat(JSON.readTree(errors).isObject()).isTrue();
                        yield new Outcome.Rejected(errors);
                    }
                    case Reading.Unreadable(var reason) -> {
                        assertThat(edge).isEqualTo(new Validation.Unreadable<>(reason));
                        yield new Outcome.DeadLettered(reason);
                    }
                };
        assertCanBeReadOnceStored(chunk, new Decision(record, OptionalLong.empty(), outcome));
    }

    private static void assertCanBeReadOnceStored(Chunk chunk, Decision decision) {
        DecidedChunk decided = new DecidedChunk(new BsonBuffer(), chunk, List.of(decision));
        decided.write(Instant.EPOCH);
        RawBsonDocument stored = decided.documents().getFirst();

        assertThat(stored.getByteBuffer().remaining()).isLessThanOrEqualTo(MOST_DOCUMENT_BYTES);
        // The driver's own decoder reads every byte of the document.
        BsonDocument decoded = stored.decode(new BsonDocumentCodec());
        decoded.remove("received");
        decoded.remove("processed");
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = new JsonFactory().createGenerator(ObjectWriteContext.empty(), json)) {
            BsonJson.write(decoded, generator);
        }
        assertThat(JSON.readTree(json.toByteArray()).isObject()).isTrue();
    }

    static RecordReader reader() {
        SubmissionsTopic topic = new SubmissionsTopic("submissions", IdBase.NONE);
        topic.seenWith(PARTITIONS);
        return new RecordReader(topic);
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] body, Headers headers) {
        byte[] key = ProjectKey.of(PROJECT);
        return new ConsumerRecord<>(
                "submissions",
                0,
                0,
                0,
                TimestampType.LOG_APPEND_TIME,
                key.length,
                body.length,
                key,
                body,
                headers,
                Optional.empty());
    }
}
