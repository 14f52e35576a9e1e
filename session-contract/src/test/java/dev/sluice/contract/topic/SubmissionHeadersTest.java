package dev.sluice.contract.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionHeadersTest {

    private static final User USER = new User(599, "user@example.com", "Bob", "Smith");

    @Test
    void namesTheRequestOnlyIfNothingInItCouldBeTakenForAnotherPartOfALog() {
        Headers headers =
                SubmissionHeaders.withRequestId("r-1", SubmissionHeaders.ofSession("e1", "/", USER, null, null));

        assertThat(SubmissionHeaders.requestId(headers)).contains("r-1");
        assertThat(SubmissionHeaders.requestId(SubmissionHeaders.withRequestId("r_2", headers)))
                .contains("r_2");
        for (String bad : new String[] {"", "a b", "a\nb", "a\u001b[2J", "é", "x".repeat(65)}) {
            assertThat(SubmissionHeaders.requestId(SubmissionHeaders.withRequestId(bad, headers)))
                    .isEmpty();
        }
    }

    @Test
    void namesOneRequestOnly() {
        Headers headers = SubmissionHeaders.ofSession("e1", "/", USER, null, null);

        SubmissionHeaders.withRequestId("r-2", SubmissionHeaders.withRequestId("r-1", headers));

        assertThat(headers.headers(SubmissionHeaders.REQUEST_ID)).hasSize(1);
    }

    /** As Kafka's clients let anyone send it. */
    @Test
    void takesAHeaderWithoutAValueForNone() {
        Headers headers = new RecordHeaders().add(SubmissionHeaders.CE_TYPE, null);

        assertThat(SubmissionHeaders.text(headers, SubmissionHeaders.CE_TYPE)).isEmpty();
    }

    @Test
    void namesTheTaskOfALoneNote() {
        Headers headers = SubmissionHeaders.ofNote("e1", "/somewhere", "PT12", USER, "key", null);

        assertThat(SubmissionHeaders.task(headers)).contains("PT12");
        assertThat(SubmissionHeaders.text(headers, SubmissionHeaders.CE_TYPE)).contains("analysis-note.create");
        assertThat(SubmissionHeaders.text(headers, SubmissionHeaders.IDEMPOTENCY_KEY))
                .contains("key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "6", "t6", "1-T6", "T", "T6 ", "T\u0661", "$T6"})
    void knowsNoTaskOfAnotherForm(String task) {
        Headers headers = new RecordHeaders().add(SubmissionHeaders.TASK, task.getBytes(UTF_8));

        assertThat(SubmissionHeaders.task(headers)).isEmpty();
    }

    @Test
    void keepsEverythingOfAResubmittedRecordButItsEventId() {
        Headers original = SubmissionHeaders.ofSession("e1", "/somewhere", USER, "key", null);
        original.add("x-own", "1".getBytes(UTF_8));

        Headers again = SubmissionHeaders.ofResubmission("e2", original, new SubmissionId(3, 4));

        assertThat(SubmissionHeaders.text(again, SubmissionHeaders.CE_ID)).contains("e2");
        assertThat(SubmissionHeaders.text(again, SubmissionHeaders.IDEMPOTENCY_KEY))
                .contains("key");
        assertThat(SubmissionHeaders.text(again, "x-own")).contains("1");
        assertThat(SubmissionHeaders.resubmissionOf(again)).hasValue(new SubmissionId(3, 4).value());
        assertThat(SubmissionHeaders.text(original, SubmissionHeaders.CE_ID)).contains("e1");
        assertThat(SubmissionHeaders.resubmissionOf(original)).isEmpty();
    }

    @Test
    void namesTheFirstOfAChainOfResubmissions() {
        Headers first = SubmissionHeaders.ofSession("e1", "/somewhere", USER, null, null);
        Headers second = SubmissionHeaders.ofResubmission("e2", first, new SubmissionId(3, 4));

        Headers third = SubmissionHeaders.ofResubmission("e3", second, new SubmissionId(3, 5));

        assertThat(SubmissionHeaders.resubmissionOf(third)).hasValue(new SubmissionId(3, 4).value());
        assertThat(third.headers(SubmissionHeaders.RESUBMISSION_OF)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "0", "255", "x", "99999999999999999999"})
    void knowsNoResubmissionOfWhatIsNoId(String id) {
        Headers headers = new RecordHeaders().add(SubmissionHeaders.RESUBMISSION_OF, id.getBytes(UTF_8));

        assertThat(SubmissionHeaders.resubmissionOf(headers)).isEmpty();
    }

    @Test
    void fitsIntoARecordBesideTheLongestBody() {
        String longest = "\u0001".repeat(255);
        Headers headers = SubmissionHeaders.ofNote(
                "e".repeat(36),
                "/api/v2/projects/" + Long.MAX_VALUE + "/tasks/" + Long.MAX_VALUE + "-" + "T".repeat(64),
                "T".repeat(64),
                new User(Integer.MAX_VALUE, longest, longest, longest),
                "k".repeat(255),
                "t".repeat(55));
        Headers again = SubmissionHeaders.ofResubmission("e".repeat(36), headers, new SubmissionId(255, 1L << 45));

        int size = AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                CompressionType.NONE,
                ProjectKey.of(Long.MAX_VALUE),
                new byte[TopicSettings.MAX_BODY_BYTES],
                again.toArray());

        assertThat(size).isLessThan(TopicSettings.MAX_MESSAGE_BYTES);
    }
}
