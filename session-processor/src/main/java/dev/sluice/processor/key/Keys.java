package dev.sluice.processor.key;

import java.util.Collection;
import java.util.Map;

/** The claims of submissions on keys. An existing claim never changes. */
public interface Keys {

    /** The existing claims on the keys, by key. */
    Map<String, Claim> find(Collection<String> keys);

    /**
     * Makes claims. Returns once all that can be made are durable, or throws and may have made some.
     *
     * @return false if any of the keys is already claimed
     */
    boolean insert(Collection<Claim> claims);

    /**
     * Confirms claims that were found. Returns once all of them are durable, or throws.
     *
     * @return false if any of them no longer exists: the store lost it before a majority had it
     */
    boolean confirm(Collection<Claim> claims);
}
