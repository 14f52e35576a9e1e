package dev.sluice.http.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;

/**
 * What every token has left, in this instance's memory. A token that has been idle for long gets its full allowance
 * again. Thread-safe.
 */
public final class Allowances {

    private static final int MOST_TOKENS = 100_000;
    // Added to the burst, after which an allowance is full again: a short pause must not cancel a debt.
    private static final Duration DEBTS_KEPT = Duration.ofHours(1);

    private final Quotas quotas;
    private final TimeMeter time;
    private final Cache<String, Allowance> byToken;
    private final boolean unlimited;

    public Allowances(Quotas quotas) {
        this(quotas, TimeMeter.SYSTEM_NANOTIME);
    }

    Allowances(Quotas quotas, TimeMeter time) {
        this.quotas = quotas;
        this.time = time;
        this.unlimited = quotas.requests() == 0 && quotas.sessions() == 0 && quotas.bytes() == 0;
        this.byToken = Caffeine.newBuilder()
                .maximumSize(MOST_TOKENS)
                .expireAfterAccess(quotas.burst().plus(DEBTS_KEPT))
                .ticker(time::currentTimeNanos)
                .build();
    }

    /** Charges the token with this id the whole cost, or nothing, and then returns why. */
    public Optional<Shortage> take(String token, Cost cost) {
        return unlimited ? Optional.empty() : of(token).take(cost);
    }

    /** Charges a cost learned too late to refuse it: nothing more of that quota is granted until it is paid off. */
    public void owe(String token, Cost cost) {
        if (!unlimited) {
            of(token).owe(cost);
        }
    }

    private Allowance of(String token) {
        return byToken.get(token, _ -> new Allowance(quotas, time));
    }
}
