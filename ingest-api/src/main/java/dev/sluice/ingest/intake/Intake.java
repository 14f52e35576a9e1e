package dev.sluice.ingest.intake;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.User;
import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.SubmissionErrors;
import dev.sluice.contract.submission.Validation;
import dev.sluice.contract.text.Json;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.ingest.publish.Publication;
import dev.sluice.ingest.publish.Submission;
import dev.sluice.ingest.publish.Submissions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Handles every submission: refuses an invalid one, writes a valid one to the log and accepts it only once it is durable there. A quick retry under
 * the same Idempotency-Key gets the first answer again.
 */
public final class Intake {

    private static final Problem LOGGED_SOMEWHERE = new Problem(
            202, "The submission was accepted before, but its id is no longer known here. It need not be sent again.");
    private static final Duration BEYOND_THE_ACKNOWLEDGEMENT = Duration.ofSeconds(1);

    private final Submissions submissions;
    private final IngestMetrics metrics;
    private final RecentKeys recentKeys;

    /** {@code ackTimeout}: the maximum time a publication takes. */
    public Intake(Submissions submissions, Duration ackTimeout, MeterRegistry registry) {
        this.submissions = submissions;
        this.metrics = new IngestMetrics(registry);
        this.recentKeys = new RecentKeys(ackTimeout.plus(BEYOND_THE_ACKNOWLEDGEMENT), Ticker.systemTicker());
    }

    /** Continues with {@code next} if the submission is valid, and refuses it otherwise. The request gives back the memory for validation. */
    public <S> Answer ifValid(ApiRequest request, Validation<S> validation, Function<S, Answer> next) {
        request.bodyValidated();
        return switch (validation) {
            case Validation.Valid(var summary) -> next.apply(summary);
            case Validation.Invalid(var errors) -> invalid(errors);
            case Validation.Unreadable(var reason) -> unreadable(reason);
            case Validation.TooLarge<?> tooLarge -> refuse(Refusal.TOO_LARGE, tooLarge.reason());
        };
    }

    public Answer invalid(SubmissionErrors errors) {
        return refuse(Refusal.INVALID, Answer.json(400, Json.write(errors::writeTo)));
    }

    public Answer unreadable(String reason) {
        return refuse(Refusal.UNREADABLE, reason);
    }

    /** Refuses temporarily because the part of the log it needs is unreadable. */
    public Answer logAway() {
        return refuse(Refusal.LOG_AWAY);
    }

    /** Writes a submission to the log, claiming the client's Idempotency-Key for it, if any; {@code accepted} makes the answer once it is durable. */
    public Answer publish(
            Submission submission, Optional<Claim> claim, AccessToken caller, Function<Receipt, Answer> accepted) {
        User updater = caller.user();
        if (claim.isEmpty()) {
            return answer(publish(caller, submission), updater, accepted);
        }
        return switch (recentKeys.once(submission.project(), claim.get(), updater, () -> publish(caller, submission))) {
            case RecentKeys.Outcome.Published(var publication, var first, var repeated) -> {
                if (repeated && publication.isInTheLog()) {
                    metrics.repeated();
                }
                yield answer(publication, first, accepted);
            }
            case RecentKeys.Outcome.KeyOfAnother() -> refuse(Refusal.KEY_OF_ANOTHER_BODY);
            case RecentKeys.Outcome.StillBusy() -> refuse(Refusal.KEY_BUSY);
        };
    }

    private Publication publish(AccessToken caller, Submission submission) {
        Publication publication = metrics.timed(() -> submissions.publish(caller.id(), submission));
        if (publication.isInTheLog()) {
            metrics.accepted();
        }
        return publication;
    }

    private Answer answer(Publication publication, User updater, Function<Receipt, Answer> accepted) {
        return switch (publication) {
            case Publication.Logged(var id, var created) -> accepted.apply(new Receipt(id, created, updater));
            case Publication.LoggedSomewhere() -> Answer.of(LOGGED_SOMEWHERE);
            case Publication.NotSent() -> refuse(Refusal.NOT_SENT);
            case Publication.Overload() -> refuse(Refusal.OVERLOAD);
            case Publication.NoRoom() -> refuse(Refusal.NO_ROOM);
            case Publication.Unknown() -> refuse(Refusal.UNKNOWN);
            case Publication.TooLarge() -> refuse(Refusal.TOO_LARGE);
        };
    }

    private Answer refuse(Refusal refusal) {
        return refuse(refusal, refusal.answer());
    }

    private Answer refuse(Refusal refusal, String detail) {
        return refuse(refusal, refusal.answer(detail));
    }

    private Answer refuse(Refusal refusal, Answer answer) {
        metrics.refused(refusal);
        return answer;
    }
}
