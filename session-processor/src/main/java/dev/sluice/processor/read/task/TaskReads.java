package dev.sluice.processor.read.task;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.contract.submission.TaskIds;
import dev.sluice.contract.submission.Texts;
import dev.sluice.contract.text.Json;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ProblemException;
import dev.sluice.http.share.SharedSlots;
import dev.sluice.processor.read.page.ListAnswer;
import dev.sluice.processor.read.page.Page;
import dev.sluice.processor.read.page.PageRequest;
import dev.sluice.processor.read.request.QueryParameters;
import dev.sluice.processor.read.submission.ReadAfter;
import dev.sluice.processor.task.TaskGroup;
import java.util.Optional;

/** Answers requests for tasks. */
public final class TaskReads {

    private final StoredTasks tasks;
    private final ReadAfter readAfter;
    private final SharedSlots largeReads;

    public TaskReads(StoredTasks tasks, ReadAfter readAfter, SharedSlots largeReads) {
        this.tasks = tasks;
        this.readAfter = readAfter;
        this.largeReads = largeReads;
    }

    public Answer get(ApiRequest request) {
        String name = request.task();
        readAfter.await(request);
        StoredTask task =
                tasks.find(request.project(), name).orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
        return Answer.ok(Json.write(json -> TaskJson.write(task, json)));
    }

    /** Returns a page of a project's tasks, by letters and number. */
    public Answer list(ApiRequest request) {
        QueryParameters query = new QueryParameters(request);
        PageRequest<String> wanted =
                PageRequest.ascending(query, text -> key(request.project(), text), "Not a valid task of this project.");
        Optional<NoteStatus> status = query.value("verification_status", NoteStatus::find, Texts::notAChoice);
        query.check();
        readAfter.await(request);
        TaskList list = tasks.list(request.project(), status);
        return largeReads.within(
                request.caller().id(),
                () -> ListAnswer.of(request, wanted, list, Page.fetch(list, wanted), list::count, TaskJson::write));
    }

    private static Optional<String> key(long project, String text) {
        return Optional.of(text)
                .filter(id -> id.startsWith(TaskGroup.before(project)))
                .filter(id -> TaskIds.task(id, project).isPresent());
    }
}
