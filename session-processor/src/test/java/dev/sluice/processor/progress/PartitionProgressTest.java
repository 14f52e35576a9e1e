package dev.sluice.processor.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.outcome.Outcome;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.store.StatusChanges;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {

    /** Transaction markers have positions too. */
    @Test
    void countsThePositionsWithoutARecordOnce() {
        PartitionProgress progress = PartitionProgress.begun(3, 10)
                .after(records(12, 13))
                .after(records(12, 13))
                .after(records(13, 17));

        assertThat(progress).isEqualTo(new PartitionProgress(3, 10, 18, new Tally(3, 0, 0, 0, 5), Optional.of(1)));
        assertThat(progress.skippingTo(20))
                .isEqualTo(new PartitionProgress(3, 10, 20, new Tally(3, 0, 0, 0, 7), Optional.empty()));
    }

    /** Kafka's client would take a log that goes on later, because its beginning was deleted, for one that lost its end. */
    @Test
    void hasTheLeaderOfThePositionThatItCameToOnly() {
        PartitionProgress progress = PartitionProgress.begun(3, 10).after(records(10));

        assertThat(progress.epochAt(11)).hasValue(1);
        assertThat(progress.epochAt(12)).isEmpty();
    }

    private static PassedRecords records(long... positions) {
        List<SubmissionOutcome> outcomes = LongStream.of(positions)
                .mapToObj(position -> new SubmissionOutcome(
                        new SubmissionId(3, position),
                        OptionalLong.of(1),
                        Instant.EPOCH,
                        Instant.EPOCH,
                        OptionalLong.empty(),
                        Optional.empty(),
                        new Outcome.StoredNote("T6", "manual", OptionalLong.empty()),
                        Map.of(),
                        StatusChanges.NONE))
                .toList();
        return Objects.requireNonNull(
                PassedRecords.byPartition(outcomes, Map.of(3, 1)).get(3));
    }
}
