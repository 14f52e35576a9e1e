package dev.sluice.ingest.note;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import dev.sluice.contract.topic.SubmissionForm;
import dev.sluice.http.log.LogLookup;
import dev.sluice.http.log.SubmissionLog;
import java.util.Optional;
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
    private final Cache<Name, Optional<AnalysisType>> types =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    private final SubmissionLog log;

    public SessionReferences(SubmissionLog log) {
        this.log = log;
    }

    /** The result of looking up a session. */
    sealed interface Reference {

        /** The session exists. */
        record Known(AnalysisType type) implements Reference {}

        /** The project has no such session. */
        record Missing() implements Reference {}

        /** The record has been deleted from the log, so only the processor knows whether it was a session. */
        record Forgotten() implements Reference {}

        /** The log cannot be read at the moment. */
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
        Optional<AnalysisType> known = types.getIfPresent(name);
        return known != null
                ? reference(known)
                : log.lookInEvenTime(caller, project, SubmissionId.of(session), found -> look(name, found));
    }

    private Reference look(Name name, LogLookup lookup) {
        return switch (lookup) {
            case LogLookup.Found(var record) -> {
                Optional<AnalysisType> type = type(name.project(), record);
                types.put(name, type);
                yield reference(type);
            }
            case LogLookup.Nowhere() -> new Reference.Missing();
            case LogLookup.Gone() -> new Reference.Forgotten();
            case LogLookup.NotNow _ -> new Reference.NotNow();
        };
    }

    private static Reference reference(Optional<AnalysisType> type) {
        return type.<Reference>map(Reference.Known::new).orElseGet(Reference.Missing::new);
    }

    /** The type of the session in a record; empty if the processor will not store it as a session. */
    private Optional<AnalysisType> type(long project, ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        if (SubmissionForm.isNote(headers)
                || SubmissionForm.of(headers).fault(record.value(), headers).isPresent()) {
            return Optional.empty();
        }
        return validator.validateSession(record.value(), project, new DocumentSize())
                        instanceof Validation.Valid(var session)
                ? Optional.of(session.analysisType())
                : Optional.empty();
    }
}
