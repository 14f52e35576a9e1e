package dev.sluice.processor.outcome;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Publishes outcomes on their topic, one JSON record per submission, keyed by project: at least once, and in log order within each partition of
 * the log. A repeat has the same {@code ce_id}, source and content.
 */
public final class KafkaOutcomes {

    private static final String TYPE_PREFIX = "analysis-submission.";
    private static final String SOURCE = "session-processor";

    private final AcknowledgedSends sends;
    private final String topic;
    private final IdBase ids;

    public KafkaOutcomes(AcknowledgedSends sends, String topic, IdBase ids) {
        this.sends = sends;
        this.topic = topic;
        this.ids = ids;
    }

    /** Returns once all of them are durable, or throws. */
    public void send(List<SubmissionOutcome> outcomes) {
        List<ProducerRecord<byte[], byte[]>> tooLarge =
                sends.send(outcomes.stream().map(this::record).toList());
        if (!tooLarge.isEmpty()) {
            throw new RecordTooLargeException("topic " + topic + " does not take " + tooLarge.size() + " outcomes");
        }
    }

    private ProducerRecord<byte[], byte[]> record(SubmissionOutcome outcome) {
        byte[] key =
                outcome.project().isPresent() ? ProjectKey.of(outcome.project().getAsLong()) : null;
        return new ProducerRecord<>(topic, null, null, key, OutcomeJson.write(outcome, ids), headers(outcome));
    }

    private static Headers headers(SubmissionOutcome outcome) {
        SubmissionId id = outcome.id();
        Headers headers = new RecordHeaders();
        add(headers, SubmissionHeaders.CE_ID, id.partition() + "-" + id.position());
        add(headers, SubmissionHeaders.CE_TYPE, TYPE_PREFIX + outcome.outcome().state());
        add(headers, SubmissionHeaders.CE_SOURCE, SOURCE);
        add(headers, SubmissionHeaders.CE_SPECVERSION, "1.0");
        add(headers, SubmissionHeaders.CE_DATASCHEMA, OutcomeJson.SCHEMA);
        add(headers, SubmissionHeaders.CONTENT_TYPE, "application/json");
        outcome.traceparent().ifPresent(trace -> add(headers, SubmissionHeaders.TRACEPARENT, trace));
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
