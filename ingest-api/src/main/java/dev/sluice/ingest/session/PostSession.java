package dev.sluice.ingest.session;

import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SessionSummary;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiHandler;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ApiResource;
import dev.sluice.ingest.intake.Intake;
import dev.sluice.ingest.intake.RequestHeaders;
import dev.sluice.ingest.publish.Publication;
import dev.sluice.ingest.publish.Submission;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;

/** Takes a session: checks the whole of it, writes it to the log as it came, and answers 201 only once it is durable there. */
public final class PostSession implements ApiHandler {

    private final SubmissionValidator validator = new SubmissionValidator();
    private final Intake intake;

    public PostSession(Intake intake) {
        this.intake = intake;
    }

    @Override
    public Answer handle(ApiRequest request) {
        String path = ApiResource.SESSIONS.pathIn(request.project());
        Headers headers = headers(request, path);
        byte[] body = request.body();
        Submission submission = new Submission(request.project(), body, headers);
        return intake.ifValid(
                validator.validateSession(body, request.project(), new DocumentSize()),
                session -> intake.publish(submission, logged -> created(request, path, session, body, logged)));
    }

    private static Answer created(
            ApiRequest request, String path, SessionSummary session, byte[] body, Publication.Logged logged) {
        long id = logged.id().value();
        long updater = request.caller().user().id();
        return new Answer(
                201,
                SessionJson.of(id, session, body, logged.created(), updater),
                List.of(HeaderValues.create(HeaderNames.LOCATION, request.baseUrl() + path + id + "/")));
    }

    private static Headers headers(ApiRequest request, String source) {
        RequestHeaders given = RequestHeaders.of(request);
        return SubmissionHeaders.ofSession(
                UUID.randomUUID().toString(),
                source,
                request.caller().user(),
                given.idempotencyKey().orElse(null),
                given.traceparent().orElse(null));
    }
}
