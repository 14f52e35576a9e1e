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

/** Checks a lone note: it must be valid, and the session it names must exist. */
public final class NoteCheck {

    private final SubmissionValidator validator = new SubmissionValidator();
    private final Intake intake;
    private final SessionReferences sessions;

    public NoteCheck(Intake intake, SessionReferences sessions) {
        this.intake = intake;
        this.sessions = sessions;
    }

    /**
     * Continues with {@code next} if the note is valid, and refuses it otherwise. The request's own body need not be the note; the analysis type is
     * empty if only the processor knows it.
     */
    public Answer ifValid(
            ApiRequest request, byte[] body, BiFunction<NoteSummary, Optional<AnalysisType>, Answer> next) {
        return intake.ifValid(
                request,
                validator.validateNote(body, request.project(), new DocumentSize()),
                note -> note.session().isPresent()
                        ? ifSessionIsThere(request, note.session().getAsLong(), type -> next.apply(note, type))
                        : next.apply(note, Optional.of(AnalysisType.MANUAL)));
    }

    private Answer ifSessionIsThere(ApiRequest request, long session, Function<Optional<AnalysisType>, Answer> next) {
        return switch (sessions.find(request.caller().id(), request.project(), session)) {
            case Reference.Known(var type) -> next.apply(Optional.of(type));
            case Reference.Undecided() -> next.apply(Optional.empty());
            case Reference.Missing() -> intake.invalid(SubmissionErrors.ofMissingSession(session));
            case Reference.NotNow() -> intake.logAway();
        };
    }
}
