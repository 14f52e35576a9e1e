package dev.sluice.processor.breaker;

/**
 * What is a flood of bad records. Either rule alone opens the breaker, and each can be off.
 *
 * @param consecutive so many bad records in a row; 0 for never
 * @param ratio such a share of the window, from 0 to 1; 0 for never
 * @param window so many records, of which there have to be as many before their share says anything; 0 for never
 */
public record BreakerConfig(int consecutive, double ratio, int window) {

    /** The longest run and the largest window. */
    public static final int MAX_RECORDS = 1_000_000;

    /** 500 in a row, or half of the last 1000. */
    public static final BreakerConfig DEFAULT = new BreakerConfig(500, 0.5, 1000);

    /** Nothing is a flood. */
    public static final BreakerConfig OFF = new BreakerConfig(0, 0, 0);

    // So that a ratio written in decimals means what it says: 0.1 of 30 is 3, and not 3.0000000000000004.
    private static final double ROUNDING = 1e-9;

    public BreakerConfig {
        check("consecutive", consecutive);
        check("window", window);
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("ratio is " + ratio + ": expected 0 to 1");
        }
    }

    boolean isTooManyInARow(int bad) {
        return consecutive > 0 && bad >= consecutive;
    }

    boolean isTooManyOfWindow(int bad) {
        return ratio > 0 && window > 0 && bad >= ratio * window - ROUNDING;
    }

    private static void check(String name, int records) {
        if (records < 0 || records > MAX_RECORDS) {
            throw new IllegalArgumentException(name + " is " + records + ": expected 0 to " + MAX_RECORDS);
        }
    }
}
