package dev.sluice.processor.outcome;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.NoteId;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.contract.submission.UtcTime;
import dev.sluice.contract.text.Json;
import dev.sluice.processor.store.StatusChange;
import dev.sluice.processor.store.StatusChanges;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/** An outcome's value on the topic, as {@code docs/api/schemas/analysis-outcome.json} describes it. Within a version, fields are only added. */
final class OutcomeJson {

    static final int VERSION = 1;

    /** The value's schema, in terms of CloudEvents. */
    static final String SCHEMA = "urn:sluice:analysis-outcome:" + VERSION;

    private OutcomeJson() {}

    static byte[] write(SubmissionOutcome outcome, IdBase ids) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("version", VERSION);
            json.writeNumberProperty("id", outcome.id().value());
            writeNumber(json, "project", outcome.project());
            json.writeStringProperty("state", outcome.outcome().state());
            writeDetails(json, outcome, ids);
            writeNumber(json, "updater", outcome.updater());
            json.writeStringProperty("received", UtcTime.format(outcome.received()));
            json.writeStringProperty("processed", UtcTime.format(outcome.processed()));
            json.writeEndObject();
        });
    }

    private static void writeDetails(JsonGenerator json, SubmissionOutcome outcome, IdBase ids) {
        switch (outcome.outcome()) {
            case Outcome.StoredSession stored -> {
                json.writeNumberProperty("session", outcome.id().value());
                json.writeStringProperty("analysis_type", stored.analysisType().slug());
                json.writeStringProperty("analysis_ref", stored.analysisRef());
                writeNotes(json, outcome);
            }
            case Outcome.StoredNote stored -> {
                json.writeNumberProperty("note", new NoteId(outcome.id().value(), 0).value());
                writeNumber(json, "session", stored.session());
                json.writeStringProperty("task", taskId(outcome, stored.task()));
                json.writeStringProperty("analysis_type", stored.analysisType());
                writeNotes(json, outcome);
            }
            case Outcome.Duplicate duplicate -> json.writeNumberProperty("duplicate_of", duplicate.of());
            case Outcome.Rejected rejected -> {
                json.writeName("errors");
                json.writeRawValue(new String(rejected.errors(), StandardCharsets.UTF_8));
            }
            case Outcome.DeadLettered dead -> {
                json.writeStringProperty("reason", dead.reason());
                json.writeNumberProperty("partition", outcome.id().partition());
                json.writeNumberProperty("offset", ids.offset(outcome.id().position()));
            }
        }
    }

    private static void writeNotes(JsonGenerator json, SubmissionOutcome outcome) {
        json.writeObjectPropertyStart("notes");
        for (NoteStatus status : NoteStatus.values()) {
            json.writeNumberProperty(status.slug(), outcome.notes().getOrDefault(status, 0));
        }
        json.writeEndObject();
        StatusChanges statusChanges = outcome.statusChanges();
        json.writeArrayPropertyStart("verifications");
        for (StatusChange change : statusChanges.listed()) {
            NoteStatus from = change.from();
            json.writeStartObject();
            json.writeStringProperty("task", taskId(outcome, change.task()));
            json.writeStringProperty("from", from == null ? null : from.slug());
            json.writeStringProperty("to", change.to().slug());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("verifications_total", statusChanges.total());
    }

    /** The task's id as readers know it: {@code 1-T6}. */
    private static String taskId(SubmissionOutcome outcome, String task) {
        return outcome.project().orElseThrow() + "-" + task;
    }

    private static void writeNumber(JsonGenerator json, String name, OptionalLong value) {
        if (value.isPresent()) {
            json.writeNumberProperty(name, value.getAsLong());
        } else {
            json.writeNullProperty(name);
        }
    }
}
