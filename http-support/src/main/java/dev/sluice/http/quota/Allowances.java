package dev.sluice.http.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;

/** What every token has left, in the memory of this instance. A token that is idle for long has all of it again. For any number of threads. */
public final class Allowances {

    private static final int MOST_TOKENS = 100_000;
    // Beyond the burst, after which all is saved up again: what is owed is not forgotten by pausing shortly.
    private static final Duration DEBTS_KEPT = Duration.ofHours(1);

    private final Quotas quotas;
    private final TimeMeter time;
    private final Cache<String, Allowance> byToken;
    private final boolean unlimited;

    public Allowances(Quotas quotas) {
        this(quotas, Ticker.systemTicker());
    }

    Allowances(Quotas quotas, Ticker ticker) {
        this.quotas = quotas;
        this.time = new Ticking(ticker);
        this.unlimited = quotas.requests() == 0 && quotas.sessions() == 0 && quotas.bytes() == 0;
        this.byToken = Caffeine.newBuilder()
                .maximumSize(MOST_TOKENS)
                .expireAfterAccess(quotas.burst().plus(DEBTS_KEPT))
                .ticker(ticker)
                .build();
    }

    /**
     * Takes all of the cost, or nothing.
     *
     * @param token its public part
     * @return why not, if not
     */
    public Optional<Shortage> take(String token, Cost cost) {
        return unlimited ? Optional.empty() : of(token).take(cost);
    }

    /** Takes what is known too late to refuse it: until it is made up for, nothing of that quota is granted. */
    public void owe(String token, Cost cost) {
        if (!unlimited) {
            of(token).owe(cost);
        }
    }

    private Allowance of(String token) {
        return byToken.get(token, _ -> new Allowance(quotas, time));
    }

    private record Ticking(Ticker ticker) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return ticker.read();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
