package dev.sluice.test.history;

import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.Behaviour;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.contract.topic.ProjectKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A record of the log, as its submitter knows it. */
public record Submitted(
        long project,
        Content content,
        @Nullable String key,
        @Nullable Long resubmissionOf) {

    /** The submitted content; equal contents have the same type, task and body. */
    public sealed interface Content {

        record Session(AnalysisType type, List<NoteContent> notes) implements Content {}

        record LoneNote(NoteContent note, @Nullable Long session) implements Content {}

        /** A session without a type, which is invalid. */
        record Invalid() implements Content {}

        record NoJson() implements Content {}
    }

    /** The part of a note that matters for its effect. */
    public record NoteContent(String task, Behaviour behaviour, NoteStatus status) {}

    /** The record to write to the log, in its project's partition. */
    public ProducerRecord<byte[], byte[]> to(String topic) {
        return new ProducerRecord<>(topic, null, null, ProjectKey.of(project), value(), headers());
    }

    /** The record as read from partition 0 of a log. */
    public ConsumerRecord<byte[], byte[]> at(int offset, long received) {
        byte[] keyBytes = ProjectKey.of(project);
        byte[] value = value();
        return new ConsumerRecord<>(
                "submissions",
                0,
                offset,
                received,
                TimestampType.LOG_APPEND_TIME,
                keyBytes.length,
                value.length,
                keyBytes,
                value,
                headers(),
                Optional.empty());
    }

    private byte[] value() {
        return body().getBytes(StandardCharsets.UTF_8);
    }

    private Headers headers() {
        Headers headers = new RecordHeaders();
        if (content instanceof Content.LoneNote lone) {
            add(headers, "ce_type", "analysis-note.create");
            add(headers, "task", lone.note().task());
        } else {
            add(headers, "ce_type", "analysis-session.create");
        }
        if (key != null) {
            add(headers, "idempotency-key", key);
        }
        if (resubmissionOf != null) {
            add(headers, "resubmission-of", Long.toString(resubmissionOf));
        }
        return headers;
    }

    private String body() {
        return switch (content) {
            case Content.Session session ->
                "{\"analysis_ref\":\"r\",\"analysis_type\":\"" + session.type().slug() + "\",\"notes\":["
                        + session.notes().stream()
                                .map(note -> "{\"task\":\"" + project + "-" + note.task() + "\"," + fields(note) + "}")
                                .collect(Collectors.joining(","))
                        + "]}";
            case Content.LoneNote lone ->
                "{" + fields(lone.note()) + (lone.session() == null ? "" : ",\"analysis_session\":" + lone.session())
                        + "}";
            case Content.Invalid _ -> "{\"analysis_ref\":\"r\"}";
            case Content.NoJson _ -> "nonsense";
        };
    }

    private static String fields(NoteContent note) {
        return "\"behaviour\":\"" + note.behaviour().slug() + "\",\"confidence\":\"low\",\"findings\":{},\"status\":\""
                + note.status().slug() + "\"";
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
