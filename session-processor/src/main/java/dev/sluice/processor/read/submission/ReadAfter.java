package dev.sluice.processor.read.submission;

import dev.sluice.contract.id.NoteId;
import dev.sluice.contract.submission.Texts;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.read.page.QueryParameters;
import java.util.Optional;

/** {@code read_after}: what is read holds at least everything up to a submission that was answered before. */
public final class ReadAfter {

    private static final String READ_AFTER = "read_after";

    private final AwaitedSubmissions awaited;

    public ReadAfter(AwaitedSubmissions awaited) {
        this.awaited = awaited;
    }

    /**
     * Returns when everything up to what the request names has been processed; at once if it names nothing.
     *
     * @throws ProblemException 400 if the project has no such submission, 503 if it takes too long
     */
    public void await(ApiRequest request) {
        Optional<String> text = request.query(READ_AFTER);
        if (text.isPresent() && !isThere(request, text.get())) {
            throw QueryParameters.refusal(READ_AFTER, Texts.noSuchId(text.get()));
        }
    }

    /** The id is that of a submission; or of a note, which is what a client that submits notes has in its hands. */
    private boolean isThere(ApiRequest request, String text) {
        Optional<Long> id = QueryParameters.id(text);
        if (id.isEmpty()) {
            return false;
        }
        if (awaitPassed(request, id.get())) {
            return true;
        }
        return NoteId.isValid(id.get())
                && awaitPassed(request, NoteId.of(id.get()).submission());
    }

    private boolean awaitPassed(ApiRequest request, long id) {
        return awaited.awaitPassed(request.caller().id(), request.project(), id);
    }
}
