package dev.sluice.processor.audit;

import dev.sluice.processor.key.Claim;
import dev.sluice.processor.key.Keys;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The claims that follow from the log; for submissions that it no longer has, the store's claims. */
final class LedgerKeys implements Keys {

    private final Ledger ledger;
    private final Function<Collection<String>, Map<String, Claim>> fromBefore;

    /**
     * @param fromBefore finds the store's claims of submissions that the log no longer has
     */
    LedgerKeys(Ledger ledger, Function<Collection<String>, Map<String, Claim>> fromBefore) {
        this.ledger = ledger;
        this.fromBefore = fromBefore;
    }

    @Override
    public Map<String, Claim> find(Collection<String> keys) {
        Map<String, Claim> found = new HashMap<>();
        if (!keys.isEmpty()) {
            found.putAll(fromBefore.apply(keys));
            for (String key : keys) {
                Claim claim = ledger.claim(key);
                if (claim != null) {
                    found.putIfAbsent(key, claim);
                }
            }
        }
        return found;
    }

    @Override
    public boolean make(Collection<Claim> claims, Map<String, Claim> existing) {
        claims.forEach(ledger::put);
        return true;
    }

    @Override
    public boolean confirm(Collection<Claim> claims) {
        return true;
    }
}
