package dev.sluice.ingest.note;

import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.NoteSummary;
import dev.sluice.contract.submission.SubmissionErrors;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.ingest.intake.Intake;
import dev.sluice.ingest.note.SessionReferences.Reference;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Everything that a note submitted alone must keep: the rules for notes, and that the session it names is there. */
public final class NoteCheck {

    private final SubmissionValidator validator = new SubmissionValidator();
    private final Intake intake;
    private final SessionReferences sessions;

    public NoteCheck(Intake intake, SessionReferences sessions) {
        this.intake = intake;
        this.sessions = sessions;
    }

    /**
     * Goes on with a note that keeps the rules, and refuses one that does not.
     *
     * @param request whose project and caller it is of; its body need not be the note
     * @param next is given the note and its analysis type, which is not known if its session was deleted from the log
     */
    public Answer ifValid(
            ApiRequest request, byte[] body, BiFunction<NoteSummary, Optional<AnalysisType>, Answer> next) {
        return intake.ifValid(
                validator.validateNote(body, request.project(), new DocumentSize()),
                note -> note.session().isPresent()
                        ? ifSessionIsThere(request, note.session().getAsLong(), type -> next.apply(note, type))
                        : next.apply(note, Optional.of(AnalysisType.MANUAL)));
    }

    private Answer ifSessionIsThere(ApiRequest request, long session, Function<Optional<AnalysisType>, Answer> next) {
        return switch (sessions.find(request.caller().id(), request.project(), session)) {
            case Reference.Known(var type) -> next.apply(Optional.of(type));
            case Reference.Forgotten() -> next.apply(Optional.empty());
            case Reference.Missing() -> intake.invalid(SubmissionErrors.ofMissingSession(session));
            case Reference.NotNow() -> intake.logAway();
        };
    }
}
