package dev.sluice.test;

import java.time.Duration;

/** How long tests wait for what must happen. */
public final class Patience {

    /** Long enough for anything on a machine that does other things too. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    /** For what processes do that are killed, paused or cut off meanwhile. */
    public static final Duration DESPITE_FAULTS = Duration.ofMinutes(3);

    private Patience() {}
}
