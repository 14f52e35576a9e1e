package dev.sluice.processor.read;

import com.mongodb.MongoException;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiHandler;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.api.EvenTime;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.read.note.NoteReads;
import dev.sluice.processor.read.session.SessionReads;
import dev.sluice.processor.read.submission.SubmissionReads;
import dev.sluice.processor.read.task.TaskReads;
import io.helidon.http.Method;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All reads over HTTP, and what administrators do to get processing on. A read is answered from one generation of the projection, which is live
 * throughout. While the store or Kafka is unavailable, the answer is a 503 within bounded time.
 */
public final class ProcessorApi {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorApi.class);
    private static final int TRIES = 3;
    private static final int NOT_FOUND = 404;
    // For example, if read_after names a submission that does not exist.
    private static final int NO_SUCH_PARAMETER = 400;

    private final LiveGeneration live;
    private final ProcessingResource processing;
    private final SetAsideResource setAside;
    private final Function<Generation, Reads> reads;
    private volatile @Nullable Made made;

    public ProcessorApi(
            LiveGeneration live,
            ProcessingResource processing,
            SetAsideResource setAside,
            Function<Generation, Reads> reads) {
        this.live = live;
        this.processing = processing;
        this.setAside = setAside;
        this.reads = reads;
    }

    public record Reads(SessionReads sessions, NoteReads notes, TaskReads tasks, SubmissionReads submissions) {}

    private record Made(Generation generation, Reads reads) {}

    public void register(ApiRoutes routes) {
        get(routes, ApiResource.SESSIONS, from -> from.sessions()::list);
        get(routes, ApiResource.SESSION, from -> from.sessions()::get);
        get(routes, ApiResource.NOTES, from -> from.notes()::list);
        get(routes, ApiResource.NOTE, from -> from.notes()::get);
        get(routes, ApiResource.TASKS, from -> from.tasks()::list);
        get(routes, ApiResource.TASK, from -> from.tasks()::get);
        get(routes, ApiResource.SUBMISSIONS, from -> from.submissions()::list);
        get(routes, ApiResource.SUBMISSION, from -> from.submissions()::get);
        handle(routes, ApiResource.PROCESSING, Method.GET, processing::get);
        handle(routes, ApiResource.RESUME, Method.POST, processing::resume);
        handle(routes, ApiResource.SET_ASIDE, Method.POST, setAside::post);
    }

    private void get(ApiRoutes routes, ApiResource resource, Function<Reads, ApiHandler> handler) {
        handle(routes, resource, Method.GET, request -> answer(request, handler));
    }

    private static void handle(ApiRoutes routes, ApiResource resource, Method method, ApiHandler handler) {
        routes.handle(resource, method, request -> {
            try {
                return handler.handle(request);
            } catch (MongoException e) {
                LOG.warn("The store did not answer a request for {}: {}", resource, e.toString());
                return unavailable(
                        "The store cannot be reached at the moment, or did not answer in time. Try again shortly.");
            } catch (KafkaException e) {
                LOG.warn("Kafka did not answer a request for {}: {}", resource, e.toString());
                return unavailable(
                        "Kafka cannot be reached at the moment, and this cannot be answered without it. Try again shortly.");
            }
        });
    }

    // Must not reveal whether or when another project's submission arrives, nor its size.
    private Answer answer(ApiRequest request, Function<Reads, ApiHandler> handler) {
        EvenTime time = EvenTime.begin();
        Answer answer = answerFromOneGeneration(request, handler);
        if (answer.status() == NOT_FOUND || answer.status() == NO_SUCH_PARAMETER) {
            time.awaitStep();
        }
        return answer;
    }

    /** Repeats a read whose generation was replaced meanwhile: that generation may be dropped or outdated. */
    private Answer answerFromOneGeneration(ApiRequest request, Function<Reads, ApiHandler> handler) {
        for (int i = 0; i < TRIES; i++) {
            Made from = made();
            Answer answer;
            try {
                answer = handler.apply(from.reads()).handle(request);
            } catch (ProblemException e) {
                answer = e.answer();
            }
            if (live.isLive(from.generation())) {
                return answer;
            }
        }
        return unavailable("The projection is being replaced at the moment. Try again shortly.");
    }

    private Made made() {
        Generation generation = live.current();
        Made known = made;
        if (known == null || !known.generation().equals(generation)) {
            known = new Made(generation, reads.apply(generation));
            made = known;
        }
        return known;
    }

    private static Answer unavailable(String detail) {
        return ProblemException.unavailable(detail).answer();
    }
}
