package dev.sluice.http.quota;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What one token has left of each quota. Thread-safe. */
final class Allowance {

    private final Map<Quota, Purse> purses = new EnumMap<>(Quota.class);

    Allowance(Quotas quotas, TimeMeter time) {
        for (Quota quota : Quota.values()) {
            long perSecond = quotas.perSecond(quota);
            if (perSecond > 0) {
                purses.put(quota, Purse.of(perSecond, quotas.burst(), time));
            }
        }
    }

    Optional<Shortage> take(Cost cost) {
        for (Map.Entry<Quota, Purse> entry : purses.entrySet()) {
            Duration availableIn = entry.getValue().take(cost.of(entry.getKey()));
            if (availableIn.isPositive()) {
                giveBackBefore(entry.getKey(), cost);
                return Optional.of(new Shortage(entry.getKey(), availableIn));
            }
        }
        return Optional.empty();
    }

    /** Charges a cost learned too late to refuse it: nothing more is granted until it is paid off. */
    void owe(Cost cost) {
        purses.forEach((quota, purse) -> purse.owe(cost.of(quota)));
    }

    private void giveBackBefore(Quota exhausted, Cost cost) {
        purses.forEach((quota, purse) -> {
            if (quota.compareTo(exhausted) < 0) {
                purse.giveBack(cost.of(quota));
            }
        });
    }

    private record Purse(Bucket bucket, long capacity) {

        private static Purse of(long perSecond, Duration burst, TimeMeter time) {
            long capacity = Math.max(1, perSecond * burst.toMillis() / 1000);
            Bucket bucket = Bucket.builder()
                    .addLimit(limit -> limit.capacity(capacity).refillGreedy(perSecond, Duration.ofSeconds(1)))
                    .withCustomTimePrecision(time)
                    .build();
            return new Purse(bucket, capacity);
        }

        // An amount above the bucket's capacity would never be granted: it is granted when the bucket is full, and
        // leaves a debt.
        private Duration take(long amount) {
            if (amount == 0) {
                return Duration.ZERO;
            }
            ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(Math.min(amount, capacity));
            if (!probe.isConsumed()) {
                return Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
            }
            owe(amount - capacity);
            return Duration.ZERO;
        }

        private void owe(long amount) {
            if (amount > 0) {
                bucket.consumeIgnoringRateLimits(amount);
            }
        }

        private void giveBack(long amount) {
            if (amount > 0) {
                bucket.addTokens(amount);
            }
        }
    }
}
