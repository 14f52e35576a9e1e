package dev.sluice.ingest.feed;

import java.util.HashMap;
import java.util.Map;

/** How many feeds are taken at a time, and how many of them may be one token's, so that nobody can keep all others out. For many threads. */
final class FeedPlaces {

    private final int most;
    private final int mostOfOne;
    private final Map<String, Integer> byToken = new HashMap<>();
    private int taken;

    FeedPlaces(int most) {
        this.most = most;
        this.mostOfOne = Math.max(1, most / 2);
    }

    /** What became of the wish for a place. */
    enum Answer {
        TAKEN,
        ALL_TAKEN,
        OWN_TAKEN
    }

    synchronized Answer take(String token) {
        int own = byToken.getOrDefault(token, 0);
        if (taken == most) {
            return Answer.ALL_TAKEN;
        }
        if (own == mostOfOne) {
            return Answer.OWN_TAKEN;
        }
        taken++;
        byToken.put(token, own + 1);
        return Answer.TAKEN;
    }

    synchronized void giveBack(String token) {
        taken--;
        byToken.computeIfPresent(token, (_, own) -> own == 1 ? null : own - 1);
    }

    synchronized int taken() {
        return taken;
    }

    /** How many of one token's are taken. */
    int mostOfOne() {
        return mostOfOne;
    }
}
