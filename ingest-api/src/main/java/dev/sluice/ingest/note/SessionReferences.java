package dev.sluice.ingest.note;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import dev.sluice.contract.topic.SubmissionForm;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.lookup.LogLookup;
import dev.sluice.http.lookup.SubmissionLog;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Finds the sessions that notes name. A session's id is its place in the log, so its record tells whether it exists: the record must be a valid
 * session of the same project. Only the processor knows one that was rejected because its key belonged to another. The record at a place never
 * changes, so results are cached. Thread-safe.
 */
public final class SessionReferences {

    private static final int MOST_REMEMBERED = 50_000;

    private final SubmissionValidator validator = new SubmissionValidator();
    private final Cache<Name, Reference> known =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    private final SubmissionLog log;

    public SessionReferences(SubmissionLog log) {
        this.log = log;
    }

    sealed interface Reference {

        record Known(AnalysisType type) implements Reference {}

        record Missing() implements Reference {}

        /** Only the processor knows: the record has been deleted from the log, or a later version of ingest-api wrote it. */
        record Undecided() implements Reference {}

        record NotNow() implements Reference {}
    }

    /** Includes the project, so that a faster answer does not reveal that a session exists in another project. */
    private record Name(long project, long session) {}

    /** Looks up a session; takes as long as {@link SubmissionLog#lookInEvenTime}. */
    Reference find(String caller, long project, long session) {
        if (!SubmissionId.isValid(session)) {
            return new Reference.Missing();
        }
        Name name = new Name(project, session);
        Reference before = known.getIfPresent(name);
        return before != null
                ? before
                : log.lookInEvenTime(caller, project, SubmissionId.of(session), found -> look(name, found));
    }

    private Reference look(Name name, LogLookup lookup) {
        return switch (lookup) {
            case LogLookup.Found(var record) -> {
                Reference reference = reference(name.project(), record);
                known.put(name, reference);
                yield reference;
            }
            case LogLookup.Nowhere() -> new Reference.Missing();
            case LogLookup.Gone() -> new Reference.Undecided();
            case LogLookup.NotNow _ -> new Reference.NotNow();
        };
    }

    private Reference reference(long project, ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        if (SubmissionForm.isNote(headers)
                || SubmissionForm.of(headers).fault(record.value(), headers).isPresent()) {
            return new Reference.Missing();
        }
        if (validator.validateSession(record.value(), project, new DocumentSize())
                instanceof Validation.Valid(var session)) {
            return new Reference.Known(session.analysisType());
        }
        // An ingest-api sets a request id and writes only what is valid: to a later version, which may know more
        // analysis types.
        return SubmissionHeaders.requestId(headers).isPresent() ? new Reference.Undecided() : new Reference.Missing();
    }
}
