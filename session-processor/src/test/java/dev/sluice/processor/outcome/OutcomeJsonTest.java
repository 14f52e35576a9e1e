package dev.sluice.processor.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.processor.store.StatusChange;
import dev.sluice.processor.store.StatusChanges;
import dev.sluice.test.topics.TopicSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One outcome of each kind, as published in version 1: every field still exists with the same meaning. */
class OutcomeJsonTest {

    private static final Map<NoteStatus, Integer> NOTES = Map.of(NoteStatus.FAIL, 2, NoteStatus.PASS, 1);
    private static final StatusChanges CHANGES = StatusChanges.of(List.of(
            new StatusChange("T6", null, NoteStatus.FAIL), new StatusChange("PT1", NoteStatus.FAIL, NoteStatus.PASS)));

    @Test
    void keepsEveryFieldThatWasPublished() throws IOException {
        List<Outcome> outcomes = List.of(
                new Outcome.StoredSession("zero.webappsecurity.com", AnalysisType.WEBINSPECT),
                new Outcome.StoredNote("T6", AnalysisType.MANUAL.slug(), OptionalLong.empty()),
                new Outcome.Duplicate(512),
                new Outcome.Rejected(
                        "{\"analysis_ref\":[\"This field is required.\"]}".getBytes(StandardCharsets.UTF_8)),
                new Outcome.DeadLettered("The record has no value: expected a JSON object."));
        List<String> published = published();
        assertThat(published).hasSameSizeAs(outcomes);

        for (int i = 0; i < outcomes.size(); i++) {
            byte[] written = OutcomeJson.write(outcome(outcomes.get(i)), IdBase.NONE);

            TopicSchema.current("analysis-outcome").assertConforms(written);
            JsonNode now = JsonMapper.shared().readTree(written);
            JsonMapper.shared()
                    .readTree(published.get(i))
                    .propertyStream()
                    .forEach(field -> assertThat(now.get(field.getKey()))
                            .as("%s of %s", field.getKey(), now)
                            .isEqualTo(field.getValue()));
        }
    }

    private static SubmissionOutcome outcome(Outcome outcome) {
        boolean isStored = outcome.state().equals("stored");
        return new SubmissionOutcome(
                new SubmissionId(7, 41),
                outcome instanceof Outcome.DeadLettered ? OptionalLong.empty() : OptionalLong.of(12),
                Instant.parse("2026-11-24T10:15:30.123Z"),
                Instant.parse("2026-11-24T10:15:30.131Z"),
                outcome instanceof Outcome.DeadLettered ? OptionalLong.empty() : OptionalLong.of(599),
                Optional.empty(),
                outcome,
                isStored ? NOTES : Map.of(),
                isStored ? CHANGES : StatusChanges.NONE);
    }

    private static List<String> published() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(OutcomeJsonTest.class.getResourceAsStream("published-outcomes-1.ndjson"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
