package dev.sluice.contract.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SubmissionIdTest {

    @Property
    void namesTheRecordItWasMadeFrom(
            @ForAll @IntRange(max = 255) int partition, @ForAll @LongRange(max = (1L << 55) - 2) long offset) {
        SubmissionId id = new SubmissionId(partition, offset);

        assertThat(SubmissionId.of(id.value())).isEqualTo(id);
        assertThat(id.value()).isPositive();
    }

    @Property
    void growsWithTheOffset(
            @ForAll @IntRange(max = 255) int partition, @ForAll @LongRange(max = 1L << 50) long offset) {
        assertThat(new SubmissionId(partition, offset).value())
                .isLessThan(new SubmissionId(partition, offset + 1).value());
    }

    @Test
    void isSafeInJavaScriptForTheFirst35TrillionRecordsOfAPartition() {
        assertThat(new SubmissionId(255, 35_000_000_000_000L).value()).isLessThan(1L << 53);
    }

    @Test
    void firstRecordOfTheFirstPartitionIs256() {
        assertThat(new SubmissionId(0, 0).value()).isEqualTo(256);
    }

    @Test
    void refusesNumbersThatNoRecordHas() {
        for (long value : new long[] {Long.MIN_VALUE, -1, 0, 1, 255}) {
            assertThat(SubmissionId.isValid(value)).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> SubmissionId.of(value));
        }
    }

    @Test
    void refusesAPartitionThatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SubmissionId(256, 0))
                .withMessage("partition 256 is not within 0 to 255");
    }
}
