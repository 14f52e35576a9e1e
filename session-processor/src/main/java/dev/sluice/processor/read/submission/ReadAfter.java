package dev.sluice.processor.read.submission;

import dev.sluice.contract.id.NoteId;
import dev.sluice.contract.submission.Texts;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.read.request.QueryParameters;
import java.util.Optional;

/** The parameter {@code read_after}: the answer includes at least everything up to the submission that it names. */
public record ReadAfter(AwaitedSubmissions awaited) {

    private static final String READ_AFTER = "read_after";

    /**
     * Returns once everything up to the named submission is processed; at once if the request names none.
     *
     * @throws ProblemException 400 if the project has no such submission, 503 if it takes too long
     */
    public void await(ApiRequest request) {
        Optional<String> text = request.query(READ_AFTER);
        if (text.isPresent() && !isThere(request, text.get())) {
            throw QueryParameters.refusal(READ_AFTER, Texts.noSuchId(text.get()));
        }
    }

    /** Accepts the id of a submission, or of a note, which is the id that clients get for lone notes. */
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
