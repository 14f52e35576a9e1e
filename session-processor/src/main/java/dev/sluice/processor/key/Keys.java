package dev.sluice.processor.key;

import java.util.Collection;
import java.util.Map;

/** The claims of submissions on keys. An existing claim is replaced only if its submission will never be stored. */
public interface Keys {

    Map<String, Claim> find(Collection<String> keys);

    /**
     * Makes claims. Returns once all that can be made are durable, or throws and may have made some.
     *
     * @param existing by key, the claims that were found; those on the same keys are replaced
     * @return false if the claim on any of the keys is another one by now
     */
    boolean make(Collection<Claim> claims, Map<String, Claim> existing);

    /**
     * Confirms claims that were found. Returns once all of them are durable, or throws.
     *
     * @return false if any of them no longer exists: the store lost it before a majority had it
     */
    boolean confirm(Collection<Claim> claims);
}
