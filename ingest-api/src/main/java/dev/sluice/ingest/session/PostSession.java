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
import dev.sluice.ingest.intake.Receipt;
import dev.sluice.ingest.intake.RequestHeaders;
import dev.sluice.ingest.publish.Submission;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.List;

/** Accepts a session: checks all of it, writes it to the log unchanged, and answers 201 only once it is durable there. */
public final class PostSession implements ApiHandler {

    private final SubmissionValidator validator = new SubmissionValidator();
    private final Intake intake;

    public PostSession(Intake intake) {
        this.intake = intake;
    }

    @Override
    public Answer handle(ApiRequest request) {
        RequestHeaders given = RequestHeaders.of(request);
        byte[] body = request.body();
        return intake.ifValid(
                request,
                validator.validateSession(body, request.project(), new DocumentSize()),
                session -> publish(request, given, session, body));
    }

    private Answer publish(ApiRequest request, RequestHeaders given, SessionSummary session, byte[] body) {
        String path = ApiResource.SESSIONS.pathIn(request.project());
        return intake.publish(
                new Submission(request.project(), body, given.ofSession(request, path)),
                given.claim(SubmissionHeaders.CREATE_SESSION, "", body),
                request.caller(),
                receipt -> created(request.baseUrl() + path, session, body, receipt));
    }

    private static Answer created(String sessions, SessionSummary session, byte[] body, Receipt receipt) {
        return new Answer(
                201,
                SessionJson.of(session, body, receipt),
                List.of(HeaderValues.create(
                        HeaderNames.LOCATION, sessions + receipt.id().value() + "/")));
    }
}
