package dev.sluice.processor.read;

import com.mongodb.MongoException;
import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiHandler;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.PassedOffsets;
import dev.sluice.processor.store.SessionQuery;
import dev.sluice.processor.store.SessionSlice;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.SubmissionKind;
import dev.sluice.processor.store.Submissions;
import dev.sluice.processor.topic.LogEnds;
import dev.sluice.processor.topic.SubmissionsTopic;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Answers the requests that read sessions. When the store or Kafka is away it says so with a 503, within bounded time. */
public final class SessionReads {

    private static final Logger LOG = LoggerFactory.getLogger(SessionReads.class);
    private static final int OK = 200;
    private static final Header RETRY_AFTER = HeaderValues.create(HeaderNames.RETRY_AFTER, "1");

    private final Submissions submissions;
    private final AwaitedSubmissions awaited;

    /**
     * @param timeout how long a session that was just written is waited for
     */
    public SessionReads(
            Submissions submissions,
            MongoProgress progress,
            PassedOffsets passed,
            SubmissionsTopic topic,
            LogEnds logEnds,
            Duration timeout) {
        this.submissions = submissions;
        this.awaited = new AwaitedSubmissions(submissions, progress, passed, topic, logEnds, timeout);
    }

    /** Adds the handlers. */
    public void register(ApiRoutes routes) {
        routes.handle(ApiResource.SESSIONS, Method.GET, orUnavailable(this::list));
        routes.handle(ApiResource.SESSION, Method.GET, orUnavailable(this::get));
    }

    private Answer get(ApiRequest request) {
        return switch (awaited.find(request.id(ApiResource.SESSION_ID))) {
            case AwaitedSubmissions.Found.There there ->
                isSessionOf(request.project(), there.submission())
                        ? Answer.json(OK, SessionJson.session(there.submission()))
                        : Answer.of(Problem.NOT_FOUND);
            case AwaitedSubmissions.Found.Nowhere _ -> Answer.of(Problem.NOT_FOUND);
            case AwaitedSubmissions.Found.NotYet _ ->
                unavailable("The submission was accepted and has not been processed yet. Try again.");
            case AwaitedSubmissions.Found.LogUnknown _ ->
                unavailable("Kafka has not been reached yet, so it is not known whether there is such a submission.");
        };
    }

    private Answer list(ApiRequest request) {
        return switch (PageRequest.parse(request)) {
            case PageRequest.Parsed.Bad bad -> bad.answer();
            case PageRequest.Parsed.Good good -> list(request, good.page());
        };
    }

    private Answer list(ApiRequest request, PageRequest page) {
        SessionSlice slice = submissions.sessions(new SessionQuery(request.project(), page.place(), page.limit()));
        if (slice.sessions().isEmpty()
                && page.place() instanceof SessionQuery.Place.Newest newest
                && newest.skip() > 0) {
            throw new ProblemException(Problem.INVALID_PAGE);
        }
        if (page.size().isEmpty() && !slice.hasNewer() && !slice.hasOlder()) {
            return Answer.json(OK, SessionJson.list(slice));
        }
        PageLinks links = new PageLinks(request, page.limit());
        return Answer.json(
                OK,
                SessionJson.page(
                        slice,
                        submissions.countSessions(request.project()),
                        older(slice, page, links),
                        newer(slice, page, links)));
    }

    private static @Nullable String older(SessionSlice slice, PageRequest page, PageLinks links) {
        if (!slice.hasOlder()) {
            return null;
        }
        return links.before(
                slice.sessions().isEmpty()
                        ? edge(page) + 1
                        : id(slice.sessions().getLast()));
    }

    private static @Nullable String newer(SessionSlice slice, PageRequest page, PageLinks links) {
        if (!slice.hasNewer()) {
            return null;
        }
        return links.after(
                slice.sessions().isEmpty()
                        ? Math.max(1, edge(page) - 1)
                        : id(slice.sessions().getFirst()));
    }

    /** The id that an empty page lies beside. */
    private static long edge(PageRequest page) {
        return switch (page.place()) {
            case SessionQuery.Place.Before before -> before.id();
            case SessionQuery.Place.After after -> after.id();
            case SessionQuery.Place.Newest _ ->
                throw new IllegalStateException("a list without sessions has nothing older or newer");
        };
    }

    private static boolean isSessionOf(long project, RawBsonDocument submission) {
        return submission.getString(SubmissionFields.KIND).getValue().equals(SubmissionKind.SESSION.slug())
                && submission.getInt64(SubmissionFields.PROJECT).getValue() == project;
    }

    private static long id(RawBsonDocument session) {
        return session.getInt64(SubmissionFields.ID).getValue();
    }

    private static ApiHandler orUnavailable(ApiHandler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (MongoException | DataAccessException e) {
                LOG.warn("The store did not answer a read: {}", e.toString());
                return unavailable("The store cannot be reached at the moment.");
            } catch (KafkaException e) {
                LOG.warn("Kafka did not answer a read: {}", e.toString());
                return unavailable(
                        "Kafka cannot be reached at the moment, so it is not known whether there is such a submission.");
            }
        };
    }

    private static Answer unavailable(String detail) {
        return Answer.of(Problem.unavailable(detail), RETRY_AFTER);
    }
}
