package dev.sluice.processor.read.session;

import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Projections;
import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.text.Json;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.share.SharedSlots;
import dev.sluice.processor.count.MongoCounts;
import dev.sluice.processor.count.ProjectCounts;
import dev.sluice.processor.read.page.ListAnswer;
import dev.sluice.processor.read.page.Page;
import dev.sluice.processor.read.page.PageRequest;
import dev.sluice.processor.read.page.StoredList;
import dev.sluice.processor.read.request.QueryParameters;
import dev.sluice.processor.read.submission.AwaitedSubmissions;
import dev.sluice.processor.read.submission.FoundSubmission;
import dev.sluice.processor.read.submission.ReadAfter;
import dev.sluice.processor.read.submission.StoredSubmissions;
import dev.sluice.processor.store.SubmissionKind;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** Answers requests for sessions. */
public final class SessionReads {

    /** The fields that are read of each session of a list. */
    public static final Bson SHOWN = Projections.include(SessionJson.FIELDS);

    private final StoredSubmissions submissions;
    private final AwaitedSubmissions awaited;
    private final ReadAfter readAfter;
    private final CreationTimes times;
    private final MongoCounts counts;
    private final SharedSlots largeReads;

    public SessionReads(
            StoredSubmissions submissions,
            AwaitedSubmissions awaited,
            ReadAfter readAfter,
            CreationTimes times,
            MongoCounts counts,
            SharedSlots largeReads) {
        this.submissions = submissions;
        this.awaited = awaited;
        this.readAfter = readAfter;
        this.times = times;
        this.counts = counts;
        this.largeReads = largeReads;
    }

    public Answer get(ApiRequest request) {
        FoundSubmission session =
                awaited.findOriginal(request.caller().id(), request.project(), request.id(ApiResource.SESSION_ID));
        if (session.kind() != SubmissionKind.SESSION) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        return submissions.answer(request, session, largeReads, SHOWN, SessionReads::answer);
    }

    private static Answer answer(RawBsonDocument session) {
        return Answer.ok(Json.write(json -> SessionJson.write(session, json)));
    }

    public Answer list(ApiRequest request) {
        QueryParameters query = new QueryParameters(request);
        PageRequest<Long> wanted = PageRequest.byId(query);
        SessionFilter filter = SessionFilter.of(query);
        query.check();
        readAfter.await(request);
        CreationTimes.CreatedIds ids = times.ids(request.project(), filter);
        return largeReads.within(request.caller().id(), () -> {
            ProjectCounts kept = counts.of(request.project());
            Bson sessions = filter.query(request.project(), ids, kept::types);
            StoredList list = new StoredList(submissions.all(), sessions, SHOWN, filter.index());
            Page<RawBsonDocument> page = Page.fetch(list, wanted);
            return ListAnswer.of(request, wanted, list, page, () -> count(kept, filter, sessions), SessionJson::write);
        });
    }

    private long count(ProjectCounts kept, SessionFilter filter, Bson sessions) {
        return filter.isOfTypeAtMost()
                ? kept.sessions(filter.type().map(AnalysisType::slug))
                : submissions.all().countDocuments(sessions, new CountOptions().hintString(filter.index()));
    }
}
