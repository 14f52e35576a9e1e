package dev.sluice.processor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.FieldName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.bson.BsonDocument;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;

class BsonBufferTest {

    private final BsonBuffer buffer = new BsonBuffer();
    private final SubmissionDocument submission = new SubmissionDocument(
            new SubmissionId(3, 7),
            OptionalLong.of(12),
            Instant.ofEpochMilli(1_700_000_000_123L),
            Optional.of(new User(5, "a@b.c", "Bob", "Smith")),
            Optional.of("my key"));
    private final BsonBuffer contents = new BsonBuffer();
    private final SubmissionDocument.Target target =
            new SubmissionDocument.Target(buffer, contents, Instant.ofEpochMilli(1_700_000_000_456L));

    @Test
    void writesAnIdFirst() {
        submission.writeDeadLetter(target, "no key");

        assertThat(decoded(0))
                .isEqualTo(
                        BsonDocument.parse(
                                "{_id: {$numberLong: '2051'}, kind: 'dead-letter', project: {$numberLong: '12'},"
                                        + " received: {$date: 1700000000123}, processed: {$date: 1700000000456}, updater: {id: {$numberLong: '5'}, email: 'a@b.c',"
                                        + " first_name: 'Bob', last_name: 'Smith'}, key: 'my key', reason: 'no key', partition: 3, position: {$numberLong: '7'}}"));
        assertThat(decoded(0).getFirstKey()).isEqualTo("_id");
    }

    @Test
    void writesErrorsInTheContractsShape() {
        byte[] errors = "{\"notes\":[{},{\"task\":[\"This field is required.\"]}],\"a\":[\"x\"],\"detail\":\"y\"}"
                .getBytes(StandardCharsets.UTF_8);

        submission.writeRejected(target, OptionalLong.empty(), errors);

        assertThat(decoded(0).getDocument("errors"))
                .isEqualTo(BsonDocument.parse(
                        "{notes: [{}, {task: ['This field is required.']}], a: ['x'], detail: 'y'}"));
    }

    @Test
    void writesALoneNoteAsTheOnlyOneOfAList() {
        SubmissionDocument.beginNoteContent(contents, "T6");
        contents.string(FieldName.of("status"), "pass");
        SubmissionDocument.finishNoteContent(contents);
        contents.begin();
        contents.string(FieldName.of("analysis_ref"), "other");
        contents.finish();

        submission.writeNote(
                target, OptionalLong.of(300), StatusChanges.NONE, AnalysisType.FORTIFY.slug(), OptionalLong.of(400), 0);
        submission.writeSession(target, OptionalLong.empty(), StatusChanges.NONE, 1);

        BsonDocument note = decoded(0);
        assertThat(note.keySet())
                .containsExactly(
                        "_id",
                        "kind",
                        "project",
                        "received",
                        "processed",
                        "updater",
                        "key",
                        "resubmission_of",
                        "analysis_type",
                        "analysis_session",
                        "notes");
        assertThat(note.getInt64("resubmission_of").getValue()).isEqualTo(300);
        assertThat(note.getInt64("analysis_session").getValue()).isEqualTo(400);
        assertThat(note.getArray("notes")).containsExactly(BsonDocument.parse("{task: 'T6', status: 'pass'}"));
        assertThat(decoded(1).getString("analysis_ref").getValue()).isEqualTo("other");
    }

    @Test
    void countsWhatAnEmptyDocumentTakes() {
        buffer.begin();
        assertThat(buffer.size()).isEqualTo(5);

        buffer.string(FieldName.of("a"), "b");

        assertThat(buffer.size()).isEqualTo(5 + 1 + 2 + 4 + 2);
    }

    @Test
    void keepsAsManyDocumentsAsItIsGivenHoweverDeep() {
        int count = 100;
        for (int depth = 0; depth < count; depth++) {
            buffer.begin();
            for (int i = 0; i < depth; i++) {
                buffer.startArray(i == 0 ? FieldName.of("a") : null);
            }
            for (int i = 0; i < depth; i++) {
                buffer.end();
            }
            buffer.finish();
        }

        assertThat(buffer.documents()).hasSize(count);
        for (int depth = 1; depth < count; depth++) {
            assertThat(decoded(depth))
                    .isEqualTo(BsonDocument.parse("{a: " + "[".repeat(depth) + "]".repeat(depth) + "}"));
            assertThat(buffer.documents().get(depth).getByteBuffer().remaining())
                    .isEqualTo(5 + (1 + 2 + 5) * depth);
        }
    }

    /** Most readers ignore the names of an array's elements, but MongoDB looks {@code notes.12} up by them. */
    @Test
    void namesTheElementsOfAnArrayAsTheDriverDoes() {
        buffer.begin();
        buffer.startArray(FieldName.of("a"));
        for (int i = 0; i <= 1234; i++) {
            buffer.nil(null);
        }
        buffer.end();
        buffer.finish();

        RawBsonDocument written = buffer.documents().getFirst();
        assertThat(bytes(written)).isEqualTo(bytes(new RawBsonDocument(decoded(0), new BsonDocumentCodec())));
    }

    @Test
    void keepsWhatIsFinishedWhenTheNextIsDiscarded() {
        submission.writeDeadLetter(target, "one");
        buffer.begin();
        buffer.startArray(FieldName.of("open"));
        submission.writeDeadLetter(target, "two");

        assertThat(buffer.documents()).hasSize(2);
        assertThat(decoded(0).getString("reason").getValue()).isEqualTo("one");
        assertThat(decoded(1).getString("reason").getValue()).isEqualTo("two");
    }

    @Test
    void reckonsOnWithoutKeepingWhatIsTooLarge() {
        byte[] megabyte = new byte[1 << 20];
        buffer.begin();
        buffer.startArray(FieldName.of("many"));
        for (int i = 0; i < 100; i++) {
            buffer.string(null, megabyte, 0, megabyte.length);
        }
        buffer.end();

        long elements = 10L * (1 + 2 + 4 + megabyte.length + 1) + 90L * (1 + 3 + 4 + megabyte.length + 1);
        assertThat(buffer.size()).isEqualTo(5 + 1 + 5 + 5 + elements);
        assertThatIllegalStateException().isThrownBy(buffer::finish);
    }

    @Test
    void refusesANameThatBsonCannotHold() {
        buffer.begin();

        assertThatIllegalArgumentException().isThrownBy(() -> buffer.nil(FieldName.of("a\0b")));
        assertThatIllegalArgumentException().isThrownBy(() -> buffer.nil(FieldName.of("é\0b")));
    }

    private static byte[] bytes(RawBsonDocument document) {
        ByteBuf buf = document.getByteBuffer();
        byte[] bytes = new byte[buf.remaining()];
        buf.get(bytes);
        return bytes;
    }

    private BsonDocument decoded(int index) {
        RawBsonDocument document = buffer.documents().get(index);
        return document.decode(new BsonDocumentCodec());
    }
}
