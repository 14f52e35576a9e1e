package dev.sluice.processor.audit;

import dev.sluice.processor.key.Claim;
import dev.sluice.processor.key.Keys;
import dev.sluice.processor.key.MongoKeys;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.bson.BsonDocument;

/**
 * The claims that follow from the log; for submissions that it no longer has, the store's claims.
 *
 * @param claims those that follow from the log, as they are stored
 * @param fromBefore finds the store's claims of submissions that the log no longer has
 */
record LedgerKeys(Ledger.Documents<String> claims, Function<Collection<String>, Map<String, Claim>> fromBefore)
        implements Keys {

    @Override
    public Map<String, Claim> find(Collection<String> keys) {
        Map<String, Claim> found = new HashMap<>();
        if (!keys.isEmpty()) {
            found.putAll(fromBefore.apply(keys));
            for (String key : keys) {
                BsonDocument claim = claims.get(key);
                if (claim != null) {
                    found.putIfAbsent(key, MongoKeys.claim(claim));
                }
            }
        }
        return found;
    }

    @Override
    public boolean make(Collection<Claim> made, Map<String, Claim> existing) {
        made.forEach(claim -> claims.put(claim.key(), MongoKeys.document(claim)));
        return true;
    }

    @Override
    public boolean confirm(Collection<Claim> found) {
        return true;
    }
}
