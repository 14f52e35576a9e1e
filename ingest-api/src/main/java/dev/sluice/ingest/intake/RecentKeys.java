package dev.sluice.ingest.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.contract.access.User;
import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.ingest.publish.Publication;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers recent publications by Idempotency-Key, so that a quick retry gets the first attempt's answer. Of several concurrent attempts one
 * publishes and the others wait for it. Only submissions that are in the log are remembered; a retry of any other is published again. A key that has
 * been evicted, or that only another instance knows, costs a second record, which the processor recognizes as a duplicate.
 */
final class RecentKeys {

    private static final Duration KEPT_FOR = Duration.ofMinutes(10);
    private static final long MOST_BYTES = 16L * 1024 * 1024;
    // The memory an entry takes apart from the key's text, in bytes, rounded up.
    private static final int ENTRY_BYTES = 512;

    private final Cache<ProjectAndKey, Attempt> attempts;
    private final Duration patience;

    /** {@code patience}: how long to wait for another request that is publishing. */
    RecentKeys(Duration patience, Ticker ticker) {
        this.patience = patience;
        this.attempts = Caffeine.newBuilder()
                .expireAfterWrite(KEPT_FOR)
                .maximumWeight(MOST_BYTES)
                .weigher((ProjectAndKey key, Attempt attempt) ->
                        ENTRY_BYTES + key.key().length())
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    sealed interface Outcome {

        /** The submission was published, first by {@code updater}; {@code repeated} if another request published it. */
        record Published(Publication publication, User updater, boolean repeated) implements Outcome {}

        record KeyOfAnother() implements Outcome {}

        record StillBusy() implements Outcome {}
    }

    private record ProjectAndKey(long project, String key) {}

    // Not a record: attempts are compared by identity.
    private static final class Attempt {

        private final SubmissionDigest digest;
        private final User updater;
        private final CompletableFuture<Publication> publication = new CompletableFuture<>();

        private Attempt(SubmissionDigest digest, User updater) {
            this.digest = digest;
            this.updater = updater;
        }

        /** Returns the result, or null if it does not arrive in time. */
        @Nullable
        Publication await(long deadline) {
            try {
                return publication.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                throw new IllegalStateException("an attempt always has an outcome", e);
            } catch (TimeoutException _) {
                return null;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }

    /** Publishes a submission unless another request has published it or is doing so. */
    Outcome once(long project, Claim claim, User updater, Supplier<Publication> publish) {
        ProjectAndKey name = new ProjectAndKey(project, claim.key());
        Attempt own = new Attempt(claim.digest(), updater);
        long deadline = System.nanoTime() + patience.toNanos();
        do {
            Attempt other = attempts.asMap().putIfAbsent(name, own);
            if (other == null) {
                return new Outcome.Published(publish(name, own, publish), updater, false);
            }
            Publication published = other.await(deadline);
            if (published == null) {
                return new Outcome.StillBusy();
            }
            if (other.digest.equals(claim.digest())) {
                return new Outcome.Published(published, other.updater, true);
            }
            if (published.isInTheLog()) {
                return new Outcome.KeyOfAnother();
            }
            // The other attempt failed, which freed the key.
        } while (System.nanoTime() - deadline < 0);
        return new Outcome.StillBusy();
    }

    long size() {
        return attempts.estimatedSize();
    }

    private Publication publish(ProjectAndKey name, Attempt own, Supplier<Publication> publish) {
        Publication publication = new Publication.Unknown();
        try {
            publication = publish.get();
            return publication;
        } finally {
            if (!publication.isInTheLog()) {
                attempts.asMap().remove(name, own);
            }
            own.publication.complete(publication);
        }
    }
}
