package dev.sluice.processor.sums;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.processor.progress.Tally;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SumsTest {

    private static final Tally TALLY = new Tally(10, 20, 30, 40, 5);

    @Test
    void accountForEachRecordThatHasAnOutcomeOrIsInFlight() {
        Sums sums = Sums.of(progress(1_000, 1_105), 1_107, 1_110);

        assertThat(sums).isEqualTo(new Sums(105, TALLY, 5, 3));
        assertThat(sums.unaccounted()).isZero();
    }

    @Test
    void showRecordsThatHaveNoOutcomeThoughProgressHasPassedThem() {
        assertThat(Sums.of(progress(1_000, 1_107), 1_110, 1_110).unaccounted()).isEqualTo(2);
    }

    @Test
    void countNothingInFlightWhereProgressIsBeyondTheEnd() {
        assertThat(Sums.of(progress(1_000, 1_105), 1_100, 1_100).inFlight()).isZero();
    }

    @Test
    void addUp() {
        Sums sums = new Sums(7, TALLY, 5, 3).plus(new Sums(70, new Tally(1, 2, 3, 4, 6), 50, 30));

        assertThat(sums).isEqualTo(new Sums(77, new Tally(11, 22, 33, 44, 11), 55, 33));
    }

    private static PartitionProgress progress(long began, long next) {
        return new PartitionProgress(0, began, next, TALLY, Optional.empty());
    }
}
