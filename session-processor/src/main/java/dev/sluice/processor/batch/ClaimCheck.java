package dev.sluice.processor.batch;

import dev.sluice.processor.key.Claim;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Decides what a stored claim is worth. A claim is durable before its submission is stored, and the log may lose that submission in between. */
@FunctionalInterface
interface ClaimCheck {

    enum Standing {
        /** Its submission is stored, or will be. */
        HOLDS,
        /** Its submission will never be stored. */
        LAPSED,
        /** Holds only if one of the records that are being decided makes it. */
        OPEN,
        /** Another record is stored under its submission's id. */
        REFUTED
    }

    /** For claims that follow from the log itself. */
    ClaimCheck TRUSTING =
            (claims, first) -> claims.stream().collect(Collectors.toMap(Claim::key, claim -> Standing.HOLDS));

    /**
     * How stored claims stand, by key.
     *
     * @param first by partition, the position of the first record that is being decided; those before it are decided
     */
    Map<String, Standing> standings(Collection<Claim> claims, Map<Integer, Long> first);
}
