package dev.sluice.processor.totals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.processor.progress.Tally;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogTotalsTest {

    private static final Tally TALLY = new Tally(10, 20, 30, 40, 5);

    @Test
    void accountForEachRecordThatHasAnOutcomeOrIsInFlight() {
        LogTotals totals = LogTotals.of(progress(1_000, 1_105), 1_107, 1_110);

        assertThat(totals).isEqualTo(new LogTotals(105, TALLY, 5, 3));
        assertThat(totals.unaccounted()).isZero();
    }

    @Test
    void showRecordsThatHaveNoOutcomeThoughProgressHasPassedThem() {
        assertThat(LogTotals.of(progress(1_000, 1_107), 1_110, 1_110).unaccounted())
                .isEqualTo(2);
    }

    @Test
    void countNothingInFlightWhereProgressIsBeyondTheEnd() {
        assertThat(LogTotals.of(progress(1_000, 1_105), 1_100, 1_100).inFlight())
                .isZero();
    }

    @Test
    void addUp() {
        LogTotals totals = new LogTotals(7, TALLY, 5, 3).plus(new LogTotals(70, new Tally(1, 2, 3, 4, 6), 50, 30));

        assertThat(totals).isEqualTo(new LogTotals(77, new Tally(11, 22, 33, 44, 11), 55, 33));
    }

    private static PartitionProgress progress(long began, long next) {
        return new PartitionProgress(0, began, next, TALLY, Optional.empty());
    }
}
