package dev.sluice.processor.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.settings.Heap;
import org.junit.jupiter.api.Test;

class BoundedPollsTest {

    private static final long MIB = 1024 * 1024;

    @Test
    void fetchOfAllPartitionsTogetherASixteenthOfTheHeapAtMost() {
        assertThat(BoundedPolls.partitionBytes(new Heap(256 * MIB), 1)).isEqualTo((int) (2 * MIB));
        assertThat(BoundedPolls.partitionBytes(new Heap(384 * MIB), 12)).isEqualTo((int) (2 * MIB));
        assertThat(BoundedPolls.partitionBytes(new Heap(256 * MIB), 128)).isEqualTo((int) (MIB / 8));
        assertThat(BoundedPolls.partitionBytes(new Heap(1024 * MIB), 256)).isEqualTo((int) (MIB / 4));
        assertThat(BoundedPolls.partitionBytes(new Heap(64 * MIB), 256)).isEqualTo((int) (MIB / 16));
    }

    @Test
    void takeAnEighthOfTheHeapAtMostIfAllRecordsAreAsLargeAsCanBe() {
        assertThat(BoundedPolls.records(new Heap(64 * MIB))).isEqualTo(1);
        assertThat(BoundedPolls.records(new Heap(256 * MIB))).isEqualTo(3);
        assertThat(BoundedPolls.records(new Heap(1024 * MIB))).isEqualTo(12);
        assertThat(BoundedPolls.records(new Heap(64 * 1024 * MIB))).isEqualTo(64);
    }
}
