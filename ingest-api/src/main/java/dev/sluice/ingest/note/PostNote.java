package dev.sluice.ingest.note;

import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.NoteSummary;
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
import java.util.Optional;

/** Accepts a lone note: checks it and the session it names, writes it to the log unchanged, and answers 201 only once it is durable there. */
public final class PostNote implements ApiHandler {

    private final Intake intake;
    private final NoteCheck check;

    public PostNote(Intake intake, NoteCheck check) {
        this.intake = intake;
        this.check = check;
    }

    @Override
    public Answer handle(ApiRequest request) {
        String task = request.task();
        RequestHeaders given = RequestHeaders.of(request);
        byte[] body = request.body();
        return check.ifValid(request, body, (note, type) -> publish(request, task, given, note, type, body));
    }

    private Answer publish(
            ApiRequest request,
            String task,
            RequestHeaders given,
            NoteSummary note,
            Optional<AnalysisType> type,
            byte[] body) {
        String path = ApiResource.NOTES
                .pathIn(request.project())
                .replace("{" + ApiResource.TASK_ID + "}", request.project() + "-" + task);
        return intake.publish(
                new Submission(request.project(), body, given.ofNote(request, path, task)),
                given.claim(SubmissionHeaders.CREATE_NOTE, task, body),
                request.caller(),
                receipt -> created(request.baseUrl() + path, receipt, NoteJson.of(note, type, body, receipt)));
    }

    private static Answer created(String notes, Receipt receipt, byte[] note) {
        String location = notes + NoteJson.id(receipt) + "/";
        return new Answer(201, note, List.of(HeaderValues.create(HeaderNames.LOCATION, location)));
    }
}
