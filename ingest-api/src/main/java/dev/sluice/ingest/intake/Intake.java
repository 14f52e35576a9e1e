package dev.sluice.ingest.intake;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.SubmissionErrors;
import dev.sluice.contract.submission.Validation;
import dev.sluice.http.api.Answer;
import dev.sluice.ingest.publish.Publication;
import dev.sluice.ingest.publish.Submission;
import dev.sluice.ingest.publish.Submissions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;

/** The way of every submission: refused if it breaks the rules, else written to the log, and accepted only once it is durable there. */
public final class Intake {

    private static final Problem LOGGED_SOMEWHERE =
            new Problem(202, "The submission was accepted before, but its id is no longer known here.");

    private final Submissions submissions;
    private final IngestMetrics metrics;
    private final Refusals refusals;

    public Intake(Submissions submissions, MeterRegistry registry) {
        this.submissions = submissions;
        this.metrics = new IngestMetrics(registry);
        this.refusals = new Refusals(metrics);
    }

    /** Goes on with what keeps the rules, and refuses what does not. */
    public <S> Answer ifValid(Validation<S> validation, Function<S, Answer> next) {
        return switch (validation) {
            case Validation.Valid(var summary) -> next.apply(summary);
            case Validation.Invalid(var errors) -> invalid(errors);
            case Validation.Unreadable(var reason) -> refusals.unreadable(reason);
            case Validation.TooLarge<?> tooLarge -> refusals.tooLarge(tooLarge.reason());
        };
    }

    /** Refuses with every error by its field. */
    public Answer invalid(SubmissionErrors errors) {
        return refusals.invalid(errors);
    }

    /** Writes a submission to the log; {@code accepted} makes the answer once it is durable there. */
    public Answer publish(Submission submission, Function<Publication.Logged, Answer> accepted) {
        return switch (metrics.timed(() -> submissions.publish(submission))) {
            case Publication.Logged logged -> {
                metrics.accepted();
                yield accepted.apply(logged);
            }
            case Publication.LoggedSomewhere() -> {
                metrics.accepted();
                yield Answer.of(LOGGED_SOMEWHERE);
            }
            case Publication.NotSent() -> refusals.notSent();
            case Publication.Unknown() -> refusals.unknown();
            case Publication.TooLarge() -> refusals.tooLargeForTheLog();
        };
    }
}
