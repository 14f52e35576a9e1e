package dev.sluice.ingest.note;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.log.LogLookup;
import dev.sluice.http.log.SubmissionLog;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The sessions that notes name. A session's id is its place in the log, so its record tells whether there is one: it must be of the same
 * project, ask for a session, and keep the rules, or it was rejected. What a place holds never changes, so it is remembered. For many threads.
 */
public final class SessionReferences {

    private static final int MOST_REMEMBERED = 50_000;
    private static final Place NO_SESSION = new Place(0, Optional.empty());

    private final SubmissionValidator validator = new SubmissionValidator();
    private final Cache<Long, Place> places =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    private final SubmissionLog log;

    public SessionReferences(SubmissionLog log) {
        this.log = log;
    }

    /** What is known of a session. */
    sealed interface Reference {

        /** It is there. */
        record Known(AnalysisType type) implements Reference {}

        /** The project has no such session. */
        record Missing() implements Reference {}

        /** It was deleted from the log. Whether it was a session only the processor can say. */
        record Forgotten() implements Reference {}

        /** The log cannot be read at the moment. */
        record NotNow() implements Reference {}
    }

    /** What was found at a place: a session of a project, or anything else. */
    private record Place(long project, Optional<AnalysisType> type) {

        Reference ofProject(long wanted) {
            return project == wanted
                    ? type.<Reference>map(Reference.Known::new).orElseGet(Reference.Missing::new)
                    : new Reference.Missing();
        }
    }

    /** Looks a session up; takes as long as {@link SubmissionLog#read}. */
    Reference find(long project, long session) {
        if (!SubmissionId.isValid(session)) {
            return new Reference.Missing();
        }
        Place known = places.getIfPresent(session);
        return known != null
                ? known.ofProject(project)
                : log.read(SubmissionId.of(session), found -> look(project, session, found));
    }

    private Reference look(long project, long session, LogLookup lookup) {
        return switch (lookup) {
            case LogLookup.Found(var record) -> {
                Place place = place(record);
                places.put(session, place);
                yield place.ofProject(project);
            }
            case LogLookup.Nowhere() -> new Reference.Missing();
            case LogLookup.Gone() -> new Reference.Forgotten();
            case LogLookup.NotNow _ -> new Reference.NotNow();
        };
    }

    private Place place(ConsumerRecord<byte[], byte[]> record) {
        OptionalLong project = ProjectKey.parse(record.key());
        boolean isSession = SubmissionHeaders.text(record.headers(), SubmissionHeaders.CE_TYPE)
                .filter(SubmissionHeaders.CREATE_SESSION::equals)
                .isPresent();
        byte[] body = record.value();
        if (project.isEmpty() || !isSession || body == null || body.length > TopicSettings.MAX_MESSAGE_BYTES) {
            return NO_SESSION;
        }
        return validator.validateSession(body, project.getAsLong(), new DocumentSize())
                        instanceof Validation.Valid(var session)
                ? new Place(project.getAsLong(), Optional.of(session.analysisType()))
                : NO_SESSION;
    }
}
