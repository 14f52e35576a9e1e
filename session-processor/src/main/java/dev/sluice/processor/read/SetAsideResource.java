package dev.sluice.processor.read;

import com.mongodb.MongoException;
import dev.sluice.contract.error.Problem;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.text.Json;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.AuditTrail;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.fault.SetAside;
import dev.sluice.processor.store.StoreDurability;
import java.time.Clock;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Sets a record aside that our own code fails on. Any processor can be asked: whichever has the partition follows with its next try. The audit
 * trail records who asked.
 *
 * @param exists whether the log reaches a record; may throw a {@code KafkaException}
 */
public record SetAsideResource(
        MongoFaults faults,
        WaitingRecords waiting,
        Predicate<SubmissionId> exists,
        StoreDurability durability,
        Clock clock) {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    Answer post(ApiRequest request) {
        long id = request.id(ApiResource.SUBMISSION_ID);
        String reason = request.query("reason")
                .filter(SetAside::isReason)
                .orElseThrow(() -> ProblemException.ofFields(
                        Map.of("reason", SetAside.EXPECTED_REASON + " It is a query parameter.")));
        if (!SubmissionId.isValid(id)) {
            throw noSuch(id);
        }
        SubmissionId record = SubmissionId.of(id);
        // If it is stored, our code failed after it, or a version that can process it died before its progress said so.
        if (!waiting.now().test(record)) {
            throw conflict("Submission " + id
                    + " is in the store already, or its partition is past it, so it cannot be set aside: if the"
                    + " partition waits at it, only a version that can process it helps.");
        }
        if (!isSetAside(request, record, reason)) {
            if (!exists.test(record)) {
                throw noSuch(id);
            }
            throw conflict("Submission " + id
                    + " keeps no partition waiting, or is set aside already: only a record that cannot"
                    + " be processed, as the log and the readiness say, can be set aside.");
        }
        return Answer.ok(Json.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("id", id);
            json.writeStringProperty("reason", reason);
            json.writeEndObject();
        }));
    }

    private boolean isSetAside(ApiRequest request, SubmissionId record, String reason) {
        try {
            boolean isSetAside =
                    faults.setAside(record, reason, request.caller().user().id(), clock.instant());
            if (isSetAside) {
                durability.flush();
                audit(request, record, reason);
            }
            return isSetAside;
        } catch (RuntimeException e) {
            audit(request, record, "unknown, because the store did not confirm it (" + reason + ")");
            // The answer is the same whether the store or its flush fails.
            throw e instanceof MongoException known ? known : new MongoException("not known to be durable: " + e, e);
        }
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(new Problem(CONFLICT, detail));
    }

    private static ProblemException noSuch(long id) {
        return new ProblemException(new Problem(NOT_FOUND, "The log has no submission " + id + "."));
    }

    private static void audit(ApiRequest request, SubmissionId record, String result) {
        AuditTrail.record(request, "set-aside", "submission " + record.value(), result);
    }
}
