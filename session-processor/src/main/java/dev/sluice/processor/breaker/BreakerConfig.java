package dev.sluice.processor.breaker;

/**
 * When bad records count as a flood. Each of the two rules opens the breaker on its own, and each can be switched off.
 *
 * @param consecutive how many bad records in a row are a flood; 0 switches the rule off
 * @param ratio which share of bad records in the window is a flood, from 0 to 1; 0 switches the rule off
 * @param window how many of the latest records the ratio is taken of, once there are that many; 0 switches the rule off
 */
public record BreakerConfig(int consecutive, double ratio, int window) {

    /** The largest value of {@code consecutive} and {@code window}. */
    public static final int MAX_RECORDS = 1_000_000;

    /** A flood is 500 in a row, or half of the latest 1000. */
    public static final BreakerConfig DEFAULT = new BreakerConfig(500, 0.5, 1000);

    /** Both rules are off. */
    public static final BreakerConfig OFF = new BreakerConfig(0, 0, 0);

    // Makes decimal ratios exact: 0.1 of 30 is 3, not 3.0000000000000004.
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
