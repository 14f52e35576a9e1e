package dev.sluice.processor.breaker;

/**
 * When bad records count as a flood.
 *
 * @param ratio which share of the window must be bad, above 0 to 1; 0 switches the breaker off
 * @param window how many of the latest records count; 0 switches the breaker off
 */
public record BreakerConfig(double ratio, int window) {

    public static final int MAX_RECORDS = 1_000_000;

    public static final BreakerConfig DEFAULT = new BreakerConfig(0.5, 1000);

    public static final BreakerConfig OFF = new BreakerConfig(0, 0);

    // Makes decimal ratios exact: 0.1 of 30 is 3, not 3.0000000000000004.
    private static final double ROUNDING = 1e-9;

    public BreakerConfig {
        if (window < 0 || window > MAX_RECORDS) {
            throw new IllegalArgumentException("window is " + window + ": expected 0 to " + MAX_RECORDS);
        }
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("ratio is " + ratio + ": expected 0 to 1");
        }
    }

    boolean isFlood(int bad) {
        return ratio > 0 && window > 0 && bad >= ratio * window - ROUNDING;
    }
}
