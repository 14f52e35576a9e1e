package dev.sluice.processor.outcome;

import dev.sluice.contract.id.NoteId;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.UtcTime;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Outcomes on their topic, one JSON record per submission, keyed by project: at least once, in the order of the log per partition of it.
 * A repeat has the same {@code ce_id} and source.
 */
public final class KafkaOutcomes implements Outcomes {

    private static final String TYPE_PREFIX = "analysis-submission.";
    private static final String SOURCE = "session-processor";
    private static final JsonFactory JSON = new JsonFactory();

    private final AcknowledgedSends sends;
    private final String topic;

    public KafkaOutcomes(AcknowledgedSends sends, String topic) {
        this.sends = sends;
        this.topic = topic;
    }

    @Override
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
        return new ProducerRecord<>(topic, null, null, key, value(outcome), headers(outcome));
    }

    private static Headers headers(SubmissionOutcome outcome) {
        SubmissionId id = outcome.id();
        Headers headers = new RecordHeaders();
        add(headers, SubmissionHeaders.CE_ID, id.partition() + "-" + id.position());
        add(headers, SubmissionHeaders.CE_TYPE, TYPE_PREFIX + outcome.outcome().state());
        add(headers, SubmissionHeaders.CE_SOURCE, SOURCE);
        add(headers, SubmissionHeaders.CE_SPECVERSION, "1.0");
        add(headers, SubmissionHeaders.CONTENT_TYPE, "application/json");
        outcome.traceparent().ifPresent(trace -> add(headers, SubmissionHeaders.TRACEPARENT, trace));
        return headers;
    }

    private static byte[] value(SubmissionOutcome outcome) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeNumberProperty("id", outcome.id().value());
            if (outcome.project().isPresent()) {
                json.writeNumberProperty("project", outcome.project().getAsLong());
            } else {
                json.writeNullProperty("project");
            }
            json.writeStringProperty("state", outcome.outcome().state());
            writeDetails(json, outcome);
            json.writeStringProperty("received", UtcTime.format(outcome.received()));
            json.writeStringProperty("processed", UtcTime.format(outcome.processed()));
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void writeDetails(JsonGenerator json, SubmissionOutcome outcome) {
        switch (outcome.outcome()) {
            case Outcome.StoredSession stored -> {
                json.writeNumberProperty("session", outcome.id().value());
                json.writeStringProperty("analysis_type", stored.analysisType().slug());
                json.writeStringProperty("analysis_ref", stored.analysisRef());
            }
            case Outcome.StoredNote stored -> {
                json.writeNumberProperty("note", new NoteId(outcome.id().value(), 0).value());
                if (stored.session().isPresent()) {
                    json.writeNumberProperty("session", stored.session().getAsLong());
                } else {
                    json.writeNullProperty("session");
                }
                json.writeStringProperty("task", stored.task());
                json.writeStringProperty("analysis_type", stored.analysisType().slug());
            }
            case Outcome.Duplicate duplicate -> json.writeNumberProperty("session", duplicate.of());
            case Outcome.Rejected rejected -> {
                json.writeName("errors");
                json.writeRawValue(new String(rejected.errors(), StandardCharsets.UTF_8));
            }
            case Outcome.DeadLettered dead -> json.writeStringProperty("reason", dead.reason());
        }
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
