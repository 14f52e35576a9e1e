package dev.sluice.processor.key;

import java.util.Collection;
import java.util.Map;

/** Keys and the submissions that they belong to. A claim that is there is never changed. */
public interface Keys {

    /** The claims that there are on any of the keys, by key. */
    Map<String, Claim> find(Collection<String> keys);

    /**
     * Makes claims. Returns once all that can be made are stored for good, or throws and may have made some.
     *
     * @return false if any of the keys is claimed already, by whomever
     */
    boolean insert(Collection<Claim> claims);

    /**
     * Makes sure of claims that were found. Returns once all of them are stored for good, or throws.
     *
     * @return false if any of them is not there any more: it was seen in a store that had not acknowledged it, and lost it
     */
    boolean confirm(Collection<Claim> claims);
}
