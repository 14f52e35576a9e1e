package dev.sluice.processor.read.submission;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.model.Projections;
import dev.sluice.contract.error.Problem;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.PendingSubmission;
import dev.sluice.contract.submission.Texts;
import dev.sluice.contract.text.Json;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.lookup.LogLookup;
import dev.sluice.http.lookup.SubmissionLog;
import dev.sluice.http.share.SharedSlots;
import dev.sluice.processor.count.MongoCounts;
import dev.sluice.processor.count.ProjectCounts;
import dev.sluice.processor.read.page.ListAnswer;
import dev.sluice.processor.read.page.Page;
import dev.sluice.processor.read.page.PageRequest;
import dev.sluice.processor.read.page.StoredList;
import dev.sluice.processor.read.request.QueryParameters;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.SubmissionKind;
import dev.sluice.processor.store.SubmissionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Answers requests for the state of submissions, without waiting: one that is in the log but not processed yet is pending. */
public final class SubmissionReads {

    private static final Bson SHOWN = Projections.include(
            SubmissionFields.KIND,
            SubmissionFields.PROJECT,
            SubmissionFields.RECEIVED,
            SubmissionFields.PROCESSED,
            SubmissionFields.OF,
            SubmissionFields.ERRORS,
            SubmissionFields.REASON);

    private final StoredSubmissions submissions;
    private final AwaitedSubmissions awaited;
    private final SubmissionLog log;
    private final ReadAfter readAfter;
    private final MongoCounts counts;
    private final SharedSlots largeReads;

    public SubmissionReads(
            StoredSubmissions submissions,
            AwaitedSubmissions awaited,
            SubmissionLog log,
            ReadAfter readAfter,
            MongoCounts counts,
            SharedSlots largeReads) {
        this.submissions = submissions;
        this.awaited = awaited;
        this.log = log;
        this.readAfter = readAfter;
        this.counts = counts;
        this.largeReads = largeReads;
    }

    public Answer get(ApiRequest request) {
        long id = request.id(ApiResource.SUBMISSION_ID);
        Optional<FoundSubmission> there = awaited.findNow(request.caller().id(), request.project(), id);
        return there.isEmpty()
                ? pending(request, id)
                : submissions.answer(request, there.get(), largeReads, SHOWN, this::answer);
    }

    private Answer answer(RawBsonDocument submission) {
        SubmissionJson writer = new SubmissionJson(originals(List.of(submission)));
        return Answer.ok(Json.write(json -> writer.write(submission, json)));
    }

    public Answer list(ApiRequest request) {
        QueryParameters query = new QueryParameters(request);
        PageRequest<Long> wanted = PageRequest.byId(query);
        Optional<SubmissionState> state = query.value("state", SubmissionState::ofSlug, Texts::notAChoice);
        query.check();
        readAfter.await(request);
        return largeReads.within(request.caller().id(), () -> {
            ProjectCounts kept = counts.of(request.project());
            Bson wantedOnes = inStates(request.project(), state, kept.types());
            StoredList list = new StoredList(submissions.all(), wantedOnes, SHOWN, StoreIndexes.BY_KIND_AND_TYPE);
            Page<RawBsonDocument> page = Page.fetch(list, wanted);
            SubmissionJson writer = new SubmissionJson(originals(page.items()));
            return ListAnswer.of(
                    request,
                    wanted,
                    list,
                    page,
                    () -> kept.submissions(state.map(SubmissionState::slug)),
                    writer::write);
        });
    }

    /** Answers that it is pending, if the record in the log belongs to this project. */
    private Answer pending(ApiRequest request, long id) {
        return log.look(request.caller().id(), request.project(), SubmissionId.of(id), found -> switch (found) {
            case LogLookup.Found(var record) ->
                Answer.ok(PendingSubmission.json(id, Instant.ofEpochMilli(record.timestamp())));
            case LogLookup.Nowhere _, LogLookup.Gone _ -> Answer.of(Problem.NOT_FOUND);
            case LogLookup.NotNow _ -> throw AwaitedSubmissions.logUnknown();
        });
    }

    private Map<Long, BsonDocument> originals(List<RawBsonDocument> page) {
        return submissions.identities(page.stream()
                .filter(submission -> StoredSubmissions.kind(submission) == SubmissionKind.DUPLICATE)
                .map(StoredSubmissions::original)
                .collect(Collectors.toSet()));
    }

    /** Names every kind and type, because only then MongoDB can merge a few sorted runs of the index. */
    private static Bson inStates(long project, Optional<SubmissionState> state, Collection<String> ofSessions) {
        List<String> kinds = state.map(List::of).orElseGet(() -> List.of(SubmissionState.values())).stream()
                .flatMap(one -> one.kinds().stream())
                .map(SubmissionKind::slug)
                .toList();
        List<@Nullable String> types = new ArrayList<>(ofSessions);
        types.add(AnalysisType.MANUAL.slug());
        types.add(null);
        return and(
                eq(SubmissionFields.PROJECT, project),
                in(SubmissionFields.KIND, kinds),
                in(SubmissionFields.ANALYSIS_TYPE, types));
    }
}
