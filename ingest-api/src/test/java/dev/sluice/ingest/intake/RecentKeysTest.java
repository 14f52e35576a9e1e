package dev.sluice.ingest.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.ingest.intake.RecentKeys.Outcome;
import dev.sluice.ingest.publish.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecentKeysTest {

    private static final User FIRST = new User(1, "", "", "");
    private static final User SECOND = new User(2, "", "", "");
    private static final Publication LOGGED = new Publication.Logged(new SubmissionId(0, 0), Instant.EPOCH);

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger published = new AtomicInteger();
    private final RecentKeys keys = new RecentKeys(Duration.ofSeconds(5), now::get);

    @Test
    void answersARetryAsTheFirst() {
        assertThat(once(claim("a"), FIRST, LOGGED)).isEqualTo(new Outcome.Published(LOGGED, FIRST, false));
        assertThat(once(claim("a"), SECOND, new Publication.NotSent()))
                .isEqualTo(new Outcome.Published(LOGGED, FIRST, true));
        assertThat(published).hasValue(1);
    }

    @Test
    void refusesAnotherBodyUnderTheKey() {
        once(claim("a"), FIRST, LOGGED);

        assertThat(once(claim("b"), FIRST, LOGGED)).isEqualTo(new Outcome.KeyOfAnother());
        assertThat(published).hasValue(1);
    }

    @Test
    void keepsTheKeysOfProjectsApart() {
        keys.once(1, claim("a"), FIRST, () -> LOGGED);

        assertThat(keys.once(2, claim("b"), FIRST, () -> LOGGED)).isInstanceOf(Outcome.Published.class);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void publishesAgainAfterAFailure(Publication failure) {
        assertThat(once(claim("a"), FIRST, failure)).isEqualTo(new Outcome.Published(failure, FIRST, false));
        assertThat(once(claim("b"), SECOND, LOGGED)).isEqualTo(new Outcome.Published(LOGGED, SECOND, false));
    }

    static List<Publication> failures() {
        return List.of(new Publication.NotSent(), new Publication.Unknown(), new Publication.TooLarge());
    }

    @Test
    void publishesAgainAfterWhatNobodyExpected() {
        assertThatThrownBy(() -> keys.once(1, claim("a"), FIRST, () -> {
                    throw new IllegalStateException("unexpected");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(once(claim("a"), FIRST, LOGGED)).isEqualTo(new Outcome.Published(LOGGED, FIRST, false));
    }

    @Test
    void forgetsAfterTenMinutes() {
        once(claim("a"), FIRST, LOGGED);
        now.addAndGet(Duration.ofMinutes(9).toNanos());
        assertThat(once(claim("a"), FIRST, LOGGED)).isEqualTo(new Outcome.Published(LOGGED, FIRST, true));

        now.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(once(claim("b"), SECOND, LOGGED)).isEqualTo(new Outcome.Published(LOGGED, SECOND, false));
    }

    @Test
    void letsOneOfManyPublishAndTheOthersWait() throws Exception {
        CountDownLatch acknowledged = new CountDownLatch(1);
        List<Future<Outcome>> outcomes = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                outcomes.add(threads.submit(() -> keys.once(1, claim("a"), FIRST, after(acknowledged, LOGGED))));
            }
            acknowledged.countDown();
        }

        int repeated = 0;
        for (Future<Outcome> outcome : outcomes) {
            assertThat(outcome.get()).isInstanceOf(Outcome.Published.class);
            repeated += outcome.get().equals(new Outcome.Published(LOGGED, FIRST, true)) ? 1 : 0;
        }
        assertThat(repeated).isEqualTo(49);
        assertThat(published).hasValue(1);
    }

    @Test
    void letsAnotherBodyHaveTheKeyWhenTheOneBeforeFailed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch failed = new CountDownLatch(1);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> keys.once(1, claim("a"), FIRST, () -> {
                begun.countDown();
                return after(failed, new Publication.NotSent()).get();
            }));
            begun.await();
            Future<Outcome> other = threads.submit(() -> once(claim("b"), SECOND, LOGGED));
            failed.countDown();

            assertThat(other.get()).isEqualTo(new Outcome.Published(LOGGED, SECOND, false));
        }
    }

    @Test
    void waitsForAnotherOnlySoLong() throws Exception {
        RecentKeys impatient = new RecentKeys(Duration.ofMillis(20), now::get);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> impatient.once(1, claim("a"), FIRST, () -> {
                begun.countDown();
                return after(never, LOGGED).get();
            }));
            begun.await();

            assertThat(impatient.once(1, claim("a"), FIRST, () -> LOGGED)).isEqualTo(new Outcome.StillBusy());
            never.countDown();
        }
    }

    @Test
    void holdsNoMoreKeysThanItsMemoryAllows() {
        for (int i = 0; i < 100_000; i++) {
            keys.once(1, new Claim("k".repeat(249) + i, digest("a")), FIRST, () -> LOGGED);
        }

        assertThat(keys.size()).isBetween(1_000L, 30_000L);
    }

    private Outcome once(Claim claim, User user, Publication publication) {
        return keys.once(1, claim, user, () -> {
            published.incrementAndGet();
            return publication;
        });
    }

    private Supplier<Publication> after(CountDownLatch latch, Publication publication) {
        return () -> {
            published.incrementAndGet();
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return publication;
        };
    }

    private static Claim claim(String body) {
        return new Claim("key", digest(body));
    }

    private static SubmissionDigest digest(String body) {
        return SubmissionDigest.of("analysis-session.create", "", body.getBytes(UTF_8));
    }
}
