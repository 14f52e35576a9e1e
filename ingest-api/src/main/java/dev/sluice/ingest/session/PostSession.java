package dev.sluice.ingest.session;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SessionSummary;
import dev.sluice.contract.submission.SubmissionErrors;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiHandler;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ApiResource;
import dev.sluice.ingest.publish.Publication;
import dev.sluice.ingest.publish.Submission;
import dev.sluice.ingest.publish.Submissions;
import dev.sluice.ingest.session.IngestMetrics.Refusal;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Takes a session: checks the whole of it, writes it to the log as it came, and answers 201 only once it is durable there. */
public final class PostSession implements ApiHandler {

    private static final Header RETRY_SOON = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "1");
    private static final Problem NOT_SENT =
            Problem.unavailable("The session was not accepted: Kafka does not answer. Try again shortly.");
    private static final Problem UNKNOWN = Problem.unavailable(
            "Kafka did not acknowledge the session in time, so whether it was accepted is unknown. A retry with the same"
                    + " Idempotency-Key is safe; without one the session may be stored twice.");
    private static final Problem LOGGED_SOMEWHERE =
            new Problem(202, "The session was accepted before, but its id is no longer known here.");
    private static final Problem TOO_LARGE = Problem.tooLarge("The session is larger than the log takes.");

    private final SubmissionValidator validator = new SubmissionValidator();
    private final JsonFactory json = new JsonFactory();
    private final Submissions submissions;
    private final IngestMetrics metrics;

    public PostSession(Submissions submissions, MeterRegistry registry) {
        this.submissions = submissions;
        this.metrics = new IngestMetrics(registry);
    }

    @Override
    public Answer handle(ApiRequest request) {
        String path = ApiResource.SESSIONS
                .path()
                .replace("{" + ApiResource.PROJECT_ID + "}", Long.toString(request.project()));
        Headers headers = headers(request, path);
        byte[] body = request.body();
        return switch (validator.validateSession(body, request.project(), new DocumentSize())) {
            case Validation.Valid(var session) -> publish(request, path, session, body, headers);
            case Validation.Invalid(var errors) -> refuse(Refusal.INVALID, Answer.json(400, write(errors)));
            case Validation.Unreadable(var reason) -> refuse(Refusal.UNREADABLE, Answer.of(new Problem(400, reason)));
            case Validation.TooLarge tooLarge ->
                refuse(Refusal.TOO_LARGE, Answer.of(Problem.tooLarge(tooLarge.reason())));
        };
    }

    private Answer publish(ApiRequest request, String path, SessionSummary session, byte[] body, Headers headers) {
        Submission submission = new Submission(request.project(), body, headers);
        return switch (metrics.timed(() -> submissions.publish(submission))) {
            case Publication.Logged(var id, var created) -> {
                metrics.accepted();
                long updater = request.caller().user().id();
                yield new Answer(
                        201,
                        SessionJson.of(id.value(), session, body, created, updater),
                        List.of(HeaderValues.create(
                                HeaderNames.LOCATION, request.baseUrl() + path + id.value() + "/")));
            }
            case Publication.LoggedSomewhere() -> {
                metrics.accepted();
                yield Answer.of(LOGGED_SOMEWHERE);
            }
            case Publication.NotSent() -> refuse(Refusal.NOT_SENT, Answer.of(NOT_SENT, RETRY_SOON));
            case Publication.Unknown() -> refuse(Refusal.UNKNOWN, Answer.of(UNKNOWN, RETRY_SOON));
            case Publication.TooLarge() -> refuse(Refusal.TOO_LARGE, Answer.of(TOO_LARGE));
        };
    }

    private static Headers headers(ApiRequest request, String source) {
        return SubmissionHeaders.ofSession(
                UUID.randomUUID().toString(),
                source,
                request.caller().user(),
                IdempotencyKey.of(request.header(IdempotencyKey.HEADER)).orElse(null),
                TraceParent.of(request.header(TraceParent.HEADER)).orElse(null));
    }

    private Answer refuse(Refusal refusal, Answer answer) {
        metrics.refused(refusal);
        return answer;
    }

    private byte[] write(SubmissionErrors errors) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            errors.writeTo(generator);
        }
        return bytes.toByteArray();
    }
}
