package dev.sluice.contract.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class NoteIdTest {

    @Property
    void namesTheSubmissionAndTheNote(
            @ForAll @LongRange(min = 256, max = (1L << 49) - 1) long submission,
            @ForAll @IntRange(max = 10_000) int index) {
        NoteId id = new NoteId(submission, index);

        assertThat(NoteId.of(id.value())).isEqualTo(id);
    }

    @Test
    void refusesAnIndexThatDoesNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NoteId(256, 1 << 14));
    }

    @Test
    void refusesASubmissionWhoseNotesHaveNoIds() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NoteId(Long.MAX_VALUE, 0));
    }
}
