package dev.sluice.processor.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LatestRecordsTest {

    /** Applies the rules directly to all records. */
    private static boolean isFlood(BreakerConfig config, List<Boolean> records) {
        int size = records.size();
        boolean run = config.consecutive() > 0
                && size >= config.consecutive()
                && !records.subList(size - config.consecutive(), size).contains(false);
        if (config.window() == 0 || config.ratio() == 0 || size < config.window()) {
            return run;
        }
        long bad = records.subList(size - config.window(), size).stream()
                .filter(isBad -> isBad)
                .count();
        // In hundredths, which are integers here.
        return run || bad * 100 >= Math.round(config.ratio() * 100) * config.window();
    }

    @Property
    void areAFloodExactlyWhenTheRulesSaySo(
            @ForAll @IntRange(max = 6) int consecutive,
            @ForAll @IntRange(max = 100) int hundredths,
            @ForAll @IntRange(max = 12) int window,
            @ForAll @Size(max = 60) List<Boolean> records) {
        BreakerConfig config = new BreakerConfig(consecutive, hundredths / 100.0, window);
        LatestRecords latest = new LatestRecords(config);

        for (int i = 0; i < records.size(); i++) {
            boolean isFlood = latest.add(records.get(i)).isPresent();

            assertThat(isFlood)
                    .as("after %d of %s", i + 1, records)
                    .isEqualTo(isFlood(config, records.subList(0, i + 1)));
        }
    }

    @Example
    void saysInWhichWayTheyAreOne() {
        LatestRecords inARow = new LatestRecords(new BreakerConfig(2, 0, 0));
        LatestRecords ofWindow = new LatestRecords(new BreakerConfig(0, 0.5, 3));

        assertThat(inARow.add(true)).isEmpty();
        assertThat(inARow.add(true)).isEqualTo(Optional.of("2 bad records in a row"));
        assertThat(ofWindow.add(true)).isEmpty();
        assertThat(ofWindow.add(true)).isEmpty();
        assertThat(ofWindow.add(false)).isEqualTo(Optional.of("2 bad records among the last 3"));
    }

    @Example
    void areNoFloodWhenOneIsBadNowAndThen() {
        LatestRecords latest = new LatestRecords(BreakerConfig.DEFAULT);

        for (int i = 0; i < 10_000; i++) {
            assertThat(latest.add(i % 3 == 0)).isEmpty();
        }
    }

    @Example
    void areNeverAFloodWhenTheBreakerIsOff() {
        LatestRecords latest = new LatestRecords(BreakerConfig.OFF);

        for (int i = 0; i < 10_000; i++) {
            assertThat(latest.add(true)).isEmpty();
        }
    }

    @Example
    void refuseRulesThatMakeNoSense() {
        assertThatThrownBy(() -> new BreakerConfig(-1, 0, 0)).hasMessage("consecutive is -1: expected 0 to 1000000");
        assertThatThrownBy(() -> new BreakerConfig(0, 0, 1_000_001))
                .hasMessage("window is 1000001: expected 0 to 1000000");
        assertThatThrownBy(() -> new BreakerConfig(0, 1.5, 0)).hasMessage("ratio is 1.5: expected 0 to 1");
        assertThatThrownBy(() -> new BreakerConfig(0, Double.NaN, 0)).hasMessage("ratio is NaN: expected 0 to 1");
    }
}
