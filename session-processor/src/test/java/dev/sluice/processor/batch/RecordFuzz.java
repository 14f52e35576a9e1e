package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.store.BsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A record from any producer, with key, headers and value taken from the lines of the input: it always has an outcome. */
public final class RecordFuzz {

    private static final List<String> HEADERS = List.of(
            SubmissionHeaders.CE_TYPE,
            SubmissionHeaders.TASK,
            SubmissionHeaders.USER,
            SubmissionHeaders.IDEMPOTENCY_KEY,
            SubmissionHeaders.RESUBMISSION_OF,
            SubmissionHeaders.TRACEPARENT);

    private RecordFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", HEADERS.size() + 2);
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < HEADERS.size() && i + 1 < lines.length; i++) {
            // An empty line stands for an absent header.
            if (!lines[i + 1].isEmpty()) {
                headers.add(HEADERS.get(i), lines[i + 1].getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        byte[] key = lines[0].getBytes(StandardCharsets.ISO_8859_1);
        byte[] value = lines[lines.length - 1].getBytes(StandardCharsets.ISO_8859_1);

        Chunk chunk = new Chunk(SubmissionFuzz.reader(), IdBase.NONE, _ -> Optional.empty(), new BsonBuffer());
        chunk.add(new ConsumerRecord<>(
                "submissions",
                0,
                0,
                0,
                TimestampType.LOG_APPEND_TIME,
                key.length,
                value.length,
                key,
                value,
                headers,
                Optional.empty()));

        assertThat(chunk.records()).hasSize(1);
    }
}
