package dev.sluice.endtoend.faults;

import java.util.Random;

/**
 * How many faults are injected: a few in every build, many more with {@code -Pfaults}, which sets the property {@code
 * sluice.faults} to {@code long}. The seed is fixed, so that a run can be reproduced; {@code sluice.faults.seed} sets
 * another.
 */
final class Faults {

    private static final long SEED = 20261125;

    private Faults() {}

    /** Returns {@code few} in every build, {@code many} in a long run. */
    static int rounds(int few, int many) {
        return isLong() ? many : few;
    }

    static boolean isLong() {
        String extent = System.getProperty("sluice.faults", "short");
        return switch (extent) {
            case "short" -> false;
            case "long" -> true;
            default -> throw new IllegalArgumentException("sluice.faults is " + extent + ": expected short or long");
        };
    }

    static long seed() {
        return Long.getLong("sluice.faults.seed", SEED);
    }

    /** Decides when and where a fault strikes. */
    static Random random() {
        return new Random(seed());
    }
}
