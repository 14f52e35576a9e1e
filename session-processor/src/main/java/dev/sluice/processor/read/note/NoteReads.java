package dev.sluice.processor.read.note;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.id.NoteId;
import dev.sluice.contract.text.Json;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.share.SharedSlots;
import dev.sluice.processor.read.page.ListAnswer;
import dev.sluice.processor.read.page.Page;
import dev.sluice.processor.read.page.PageRequest;
import dev.sluice.processor.read.request.QueryParameters;
import dev.sluice.processor.read.submission.AwaitedSubmissions;
import dev.sluice.processor.read.submission.FoundSubmission;
import dev.sluice.processor.read.submission.ReadAfter;
import dev.sluice.processor.read.submission.StoredSubmissions;
import dev.sluice.processor.read.task.StoredTasks;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Answers requests for notes. */
public final class NoteReads {

    private final StoredSubmissions submissions;
    private final StoredTasks tasks;
    private final AwaitedSubmissions awaited;
    private final ReadAfter readAfter;
    private final SharedSlots largeReads;

    public NoteReads(
            StoredSubmissions submissions,
            StoredTasks tasks,
            AwaitedSubmissions awaited,
            ReadAfter readAfter,
            SharedSlots largeReads) {
        this.submissions = submissions;
        this.tasks = tasks;
        this.awaited = awaited;
        this.readAfter = readAfter;
        this.largeReads = largeReads;
    }

    public Answer get(ApiRequest request) {
        String task = request.task();
        long id = request.id(ApiResource.NOTE_ID);
        if (!NoteId.isValid(id)) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        NoteId asked = NoteId.of(id);
        FoundSubmission holder = awaited.findOriginal(request.caller().id(), request.project(), asked.submission());
        // The id may be that of a duplicate, which reads as the original.
        NoteId first = new NoteId(holder.id(), asked.index());
        return largeReads.within(request.caller().id(), () -> {
            StoredNote note =
                    StoredNote.about(task, submissions.read(request.project(), holder, StoredNote.SHOWN)).stream()
                            .filter(one -> one.id() == first.value())
                            .findFirst()
                            .map(StoredNote::detached)
                            .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
            NoteJson writer = writer(List.of(note));
            return Answer.ok(Json.write(json -> writer.write(note, json)));
        });
    }

    public Answer list(ApiRequest request) {
        String task = request.task();
        QueryParameters query = new QueryParameters(request);
        PageRequest<Long> wanted = PageRequest.byId(query);
        query.check();
        readAfter.await(request);
        TaskNotes list = new TaskNotes(submissions.all(), request.project(), task);
        return largeReads.within(request.caller().id(), () -> {
            Page<StoredNote> page = Page.fetch(list, wanted);
            NoteJson writer = writer(page.items());
            return ListAnswer.of(
                    request, wanted, list, page, () -> tasks.notesOf(request.project(), task), writer::write);
        });
    }

    private NoteJson writer(List<StoredNote> notes) {
        return new NoteJson(submissions.identities(notes.stream()
                .map(note -> NoteJson.named(note.submission()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet())));
    }
}
