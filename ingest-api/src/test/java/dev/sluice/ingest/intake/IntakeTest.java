package dev.sluice.ingest.intake;

import static java.lang.Thread.State.TIMED_WAITING;
import static java.lang.Thread.State.WAITING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.SecretHash;
import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.http.api.Answer;
import dev.sluice.ingest.publish.Publication;
import dev.sluice.ingest.publish.Submission;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final byte[] BODY = "{}".getBytes(UTF_8);
    private static final AccessToken CALLER = tokenOf(1);
    private static final Publication LOGGED = new Publication.Logged(new SubmissionId(0, 0), Instant.EPOCH);

    private final Deque<Publication> publications = new ArrayDeque<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Intake intake = new Intake((_, _) -> publications.remove(), Duration.ofSeconds(1), registry);

    @Test
    void saysThatARetryWithTheKeyIsSafeAfterAnUnknownOutcomeAndPublishesItAgain() {
        publications.addAll(List.of(new Publication.Unknown(), LOGGED));

        Answer unknown = publish("a");
        Answer retry = publish("a");

        assertThat(unknown.status()).isEqualTo(503);
        assertThat(text(unknown)).contains("A retry with the same Idempotency-Key is safe");
        assertThat(unknown.headers()).anyMatch(header -> header.name().equals("Retry-After"));
        assertThat(retry.status()).isEqualTo(201);
        assertThat(publications).isEmpty();
    }

    @Test
    void answersARetryOfWhatHasNoKnownIdAsTheFirst() {
        publications.add(new Publication.LoggedSomewhere());

        assertThat(publish("a").status()).isEqualTo(202);
        assertThat(publish("a").status()).isEqualTo(202);
        assertThat(publish("b").status()).isEqualTo(422);
    }

    @Test
    void answersARetryOfAnotherUserWithTheFirstUser() {
        publications.add(LOGGED);

        assertThat(text(publish(intake, tokenOf(1), "a"))).isEqualTo("1");
        assertThat(text(publish(intake, tokenOf(2), "a"))).isEqualTo("1");
    }

    @Test
    void countsWhatWasPublishedAndWhatWasRepeated() {
        publications.add(LOGGED);

        publish("a");
        publish("a");

        assertThat(registry.get("sluice.ingest.accepted").counter().count()).isEqualTo(1);
        assertThat(registry.get("sluice.ingest.repeated").counter().count()).isEqualTo(1);
    }

    /** It was not answered from memory: nothing was accepted. */
    @Test
    void doesNotCountAWaitForAnAttemptThatFailed() throws Exception {
        CountDownLatch failing = new CountDownLatch(1);
        Intake slow = new Intake(
                (_, _) -> {
                    awaited(failing);
                    return new Publication.Unknown();
                },
                Duration.ofSeconds(30),
                registry);
        FutureTask<Answer> first = new FutureTask<>(() -> publish(slow, "a"));
        FutureTask<Answer> second = new FutureTask<>(() -> publish(slow, "a"));
        Thread one = Thread.ofPlatform().start(first);
        Thread other = Thread.ofPlatform().start(second);
        // Either of them publishes; the other waits for it, for a limited time.
        await().until(() -> Set.of(WAITING, TIMED_WAITING).equals(EnumSet.of(one.getState(), other.getState())));

        failing.countDown();

        assertThat(first.get().status()).isEqualTo(503);
        assertThat(second.get().status()).isEqualTo(503);
        assertThat(registry.get("sluice.ingest.repeated").counter().count()).isZero();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer publish(String type) {
        return publish(intake, type);
    }

    private static Answer publish(Intake intake, String type) {
        return publish(intake, CALLER, type);
    }

    private static Answer publish(Intake intake, AccessToken caller, String type) {
        return intake.publish(
                new Submission(1, BODY, new RecordHeaders()),
                Optional.of(new Claim("key", SubmissionDigest.of(type, "", BODY))),
                caller,
                receipt ->
                        Answer.json(201, Long.toString(receipt.updater().id()).getBytes(UTF_8)));
    }

    private static AccessToken tokenOf(long user) {
        return new AccessToken(
                "token",
                SecretHash.ofSecret(""),
                new User(user, "", "", ""),
                new Projects.All(),
                Role.WRITER,
                Instant.EPOCH,
                null);
    }

    private static String text(Answer answer) {
        return new String(answer.body(), UTF_8);
    }
}
