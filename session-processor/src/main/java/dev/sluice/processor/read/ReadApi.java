package dev.sluice.processor.read;

import com.mongodb.MongoException;
import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiHandler;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.processor.read.note.NoteReads;
import dev.sluice.processor.read.session.SessionReads;
import dev.sluice.processor.read.submission.SubmissionReads;
import dev.sluice.processor.read.task.TaskReads;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Everything that is read over HTTP, and going on with what is stopped. When the store or Kafka is away it says so with a 503, within bounded time. */
public final class ReadApi {

    private static final Logger LOG = LoggerFactory.getLogger(ReadApi.class);
    private static final Header RETRY_AFTER = HeaderValues.create(HeaderNames.RETRY_AFTER, "1");

    private final SessionReads sessions;
    private final NoteReads notes;
    private final TaskReads tasks;
    private final SubmissionReads submissions;
    private final Processing processing;

    public ReadApi(
            SessionReads sessions,
            NoteReads notes,
            TaskReads tasks,
            SubmissionReads submissions,
            Processing processing) {
        this.sessions = sessions;
        this.notes = notes;
        this.tasks = tasks;
        this.submissions = submissions;
        this.processing = processing;
    }

    /** Adds the handlers. */
    public void register(ApiRoutes routes) {
        get(routes, ApiResource.SESSIONS, sessions::list);
        get(routes, ApiResource.SESSION, sessions::get);
        get(routes, ApiResource.NOTES, notes::list);
        get(routes, ApiResource.NOTE, notes::get);
        get(routes, ApiResource.TASKS, tasks::list);
        get(routes, ApiResource.TASK, tasks::get);
        get(routes, ApiResource.SUBMISSIONS, submissions::list);
        get(routes, ApiResource.SUBMISSION, submissions::get);
        get(routes, ApiResource.PROCESSING, processing::get);
        handle(routes, ApiResource.RESUME, Method.POST, processing::resume);
    }

    private static void get(ApiRoutes routes, ApiResource resource, ApiHandler handler) {
        handle(routes, resource, Method.GET, handler);
    }

    private static void handle(ApiRoutes routes, ApiResource resource, Method method, ApiHandler handler) {
        routes.handle(resource, method, request -> {
            try {
                return handler.handle(request);
            } catch (MongoException | DataAccessException e) {
                LOG.warn("The store did not answer a request for {}: {}", resource, e.toString());
                return unavailable("The store cannot be reached at the moment, or did not answer in time.");
            } catch (KafkaException e) {
                LOG.warn("Kafka did not answer a request for {}: {}", resource, e.toString());
                return unavailable("Kafka cannot be reached at the moment, and this cannot be answered without it.");
            }
        });
    }

    private static Answer unavailable(String detail) {
        return Answer.of(Problem.unavailable(detail), RETRY_AFTER);
    }
}
