package dev.sluice.processor.breaker;

import java.util.BitSet;
import java.util.Optional;

/** Whether the latest records of one partition are a flood of bad ones. Not thread-safe. */
final class LatestRecords {

    private final BreakerConfig config;
    private final BitSet bad = new BitSet();
    private int next;
    private int known;
    private int badKnown;
    private int inARow;

    LatestRecords(BreakerConfig config) {
        this.config = config;
    }

    /** Adds the next record in log order. Returns the reason if the latest records are a flood now. */
    Optional<String> add(boolean isBad) {
        inARow = isBad ? inARow + 1 : 0;
        slide(isBad);
        if (config.isTooManyInARow(inARow)) {
            return Optional.of(inARow + " bad records in a row");
        }
        return known == config.window() && config.isTooManyOfWindow(badKnown)
                ? Optional.of(badKnown + " bad records among the last " + known)
                : Optional.empty();
    }

    private void slide(boolean isBad) {
        if (config.window() > 0) {
            badKnown += (isBad ? 1 : 0) - (bad.get(next) ? 1 : 0);
            bad.set(next, isBad);
            next = (next + 1) % config.window();
            known = Math.min(known + 1, config.window());
        }
    }
}
