package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.outcome.Outcome;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notes that name a duplicate get the type of its original, in whichever batch that and the duplicate are. */
class NamedDuplicatesIT {

    private static final String NOTE =
            "{\"behaviour\":\"combine\",\"confidence\":\"high\",\"findings\":[],\"status\":\"fail\",\"analysis_session\":";

    private static final Headers HEADERS = SubmissionHeaders.ofSession("e", "test", Batches.USER, "key", null);

    private final Batches batches = new Batches(NamedDuplicatesIT.class, 1, BreakerConfig.OFF);

    @AfterEach
    void close() {
        batches.close();
    }

    @Test
    void areOfTheTypeOfTheOriginalThoughTheBodyThatWasPutBackSaysAnother() {
        batches.process(List.of(session(0, "fortify")));
        batches.process(List.of(session(1, "fortify")));

        Headers again = SubmissionHeaders.ofResubmission("f", HEADERS, new SubmissionId(0, 1));
        batches.process(List.of(session(2, "webinspect", again), noteOn(3, 2)));
        batches.process(List.of(noteOn(4, 2)));

        assertThat(batches.told())
                .extracting(told -> told.outcome().state())
                .containsExactly("stored", "duplicate", "duplicate", "stored", "stored");
        assertThat(batches.told())
                .filteredOn(told -> told.outcome() instanceof Outcome.StoredNote)
                .allSatisfy(told -> assertThat(((Outcome.StoredNote) told.outcome()).analysisType())
                        .isEqualTo("fortify"));
    }

    private ConsumerRecord<byte[], byte[]> session(long offset, String type) {
        return session(offset, type, HEADERS);
    }

    private ConsumerRecord<byte[], byte[]> session(long offset, String type, Headers headers) {
        return batches.record(0, offset, "{\"analysis_ref\":\"r\",\"analysis_type\":\"" + type + "\"}", headers);
    }

    private ConsumerRecord<byte[], byte[]> noteOn(long offset, long session) {
        return batches.record(
                0,
                offset,
                NOTE + id(session) + "}",
                SubmissionHeaders.ofNote("e", "test", "T1", Batches.USER, null, null));
    }

    private static long id(long offset) {
        return new SubmissionId(0, offset).value();
    }
}
