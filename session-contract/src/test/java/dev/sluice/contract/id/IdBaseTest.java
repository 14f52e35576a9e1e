package dev.sluice.contract.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class IdBaseTest {

    @Property
    void isAddedToEveryId(
            @ForAll @LongRange(max = 1L << 40) long firstPosition,
            @ForAll @IntRange(max = 255) int partition,
            @ForAll @LongRange(max = 1L << 40) long offset) {
        IdBase ids = IdBase.ofFirstPosition(firstPosition);

        SubmissionId id = ids.idOf(partition, offset);

        assertThat(id.value())
                .isEqualTo(ids.value() + IdBase.NONE.idOf(partition, offset).value());
        assertThat(ids.offset(id.position())).isEqualTo(offset);
        assertThat(ids.isOfFormerLog(id)).isFalse();
    }

    @Property
    void givesNoIdThatAFormerLogGave(
            @ForAll @LongRange(min = 1, max = 1L << 40) long firstPosition,
            @ForAll @IntRange(max = 255) int former,
            @ForAll @IntRange(max = 255) int partition) {
        IdBase ids = IdBase.ofFirstPosition(firstPosition);

        SubmissionId last = new SubmissionId(former, firstPosition - 1);

        assertThat(ids.isOfFormerLog(last)).isTrue();
        assertThat(ids.idOf(partition, 0).value()).isGreaterThan(last.value());
    }

    @Test
    void isAMultipleOf256() {
        for (long value : new long[] {-256, 1, 255, 257, (1L << 48) + 256, Long.MIN_VALUE}) {
            assertThat(IdBase.isValid(value)).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> new IdBase(value));
        }
    }

    @Test
    void leavesRoomForTheIdsOfNotes() {
        SubmissionId id = new IdBase(1L << 48).idOf(255, 1_000_000_000_000L);

        assertThat(NoteId.of(new NoteId(id.value(), 10_000).value())).isEqualTo(new NoteId(id.value(), 10_000));
    }
}
