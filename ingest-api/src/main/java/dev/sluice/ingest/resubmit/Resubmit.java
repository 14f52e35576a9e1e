package dev.sluice.ingest.resubmit;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.PendingSubmission;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.topic.SubmissionForm;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiHandler;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.AuditTrail;
import dev.sluice.http.lookup.LogLookup;
import dev.sluice.http.lookup.SubmissionLog;
import dev.sluice.http.share.SharedSlots;
import dev.sluice.ingest.intake.Claim;
import dev.sluice.ingest.intake.Intake;
import dev.sluice.ingest.intake.Receipt;
import dev.sluice.ingest.intake.RequestHeaders;
import dev.sluice.ingest.note.NoteCheck;
import dev.sluice.ingest.publish.Submission;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes a submission's record to the log again, unchanged, if it is valid by the current rules. If it was stored before, the processor recognizes
 * that and stores it once. The audit trail records who asked and what the result was.
 */
public final class Resubmit implements ApiHandler {

    private static final int AT_A_TIME = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Problem GONE =
            new Problem(404, "The log no longer has the submission's record, so it cannot be submitted again from it.");
    private static final byte[] NO_BODY = {};

    private final SubmissionValidator validator = new SubmissionValidator();
    // A record can have ten megabytes, which the memory reserved for the request's body does not cover.
    private final SharedSlots slots = new SharedSlots(AT_A_TIME, PATIENCE, "resubmissions");
    private final Intake intake;
    private final NoteCheck notes;
    private final SubmissionLog log;

    public Resubmit(Intake intake, NoteCheck notes, SubmissionLog log) {
        this.intake = intake;
        this.notes = notes;
        this.log = log;
    }

    @Override
    public Answer handle(ApiRequest request) {
        long id = request.id(ApiResource.SUBMISSION_ID);
        RequestHeaders given = RequestHeaders.of(request);
        if (!SubmissionId.isValid(id)) {
            return Answer.of(Problem.NOT_FOUND);
        }
        return slots.within(request.caller().id(), () -> resubmit(request, given, SubmissionId.of(id)));
    }

    private static String location(Answer answer) {
        return answer.headers().stream()
                .filter(header -> header.headerName().equals(HeaderNames.LOCATION))
                .findFirst()
                .map(header -> ", " + header.get())
                .orElse("");
    }

    private Answer resubmit(ApiRequest request, RequestHeaders given, SubmissionId id) {
        return switch (log.<LogLookup>lookInEvenTime(request.caller().id(), request.project(), id, found -> found)) {
            case LogLookup.Found(var record) -> resubmit(request, given, id, record);
            case LogLookup.Nowhere() -> Answer.of(Problem.NOT_FOUND);
            case LogLookup.Gone() -> Answer.of(GONE);
            case LogLookup.NotNow _ -> intake.logAway();
        };
    }

    private Answer resubmit(
            ApiRequest request, RequestHeaders given, SubmissionId id, ConsumerRecord<byte[], byte[]> record) {
        Optional<String> fault = SubmissionForm.of(record.headers()).fault(record.value(), record.headers());
        if (fault.isPresent()) {
            return intake.unreadable(fault.get());
        }
        return SubmissionForm.isNote(record.headers())
                ? notes.ifValid(request, record.value(), (_, _) -> publish(request, given, id, record))
                : intake.ifValid(
                        request,
                        validator.validateSession(record.value(), request.project(), new DocumentSize()),
                        _ -> publish(request, given, id, record));
    }

    private Answer publish(
            ApiRequest request, RequestHeaders given, SubmissionId id, ConsumerRecord<byte[], byte[]> record) {
        long project = request.project();
        Submission again = new Submission(
                project,
                record.value(),
                SubmissionHeaders.withRequestId(
                        request.requestId(),
                        SubmissionHeaders.ofResubmission(UUID.randomUUID().toString(), record.headers(), id)));
        Optional<Claim> claim = given.claim(SubmissionHeaders.RESUBMISSION_OF, Long.toString(id.value()), NO_BODY);
        String result = "failed";
        try {
            Answer answer = intake.publish(again, claim, request.caller(), receipt -> accepted(request, receipt));
            result = "answered " + answer.status() + location(answer);
            return answer;
        } finally {
            // Also if it was not acknowledged, because it may be in the log.
            AuditTrail.record(request, "resubmit", "submission " + id.value() + " of project " + project, result);
        }
    }

    private static Answer accepted(ApiRequest request, Receipt receipt) {
        long again = receipt.id().value();
        String location = request.baseUrl() + ApiResource.SUBMISSIONS.pathIn(request.project()) + again + "/";
        return new Answer(
                202,
                PendingSubmission.json(again, receipt.created()),
                List.of(HeaderValues.create(HeaderNames.LOCATION, location)));
    }
}
