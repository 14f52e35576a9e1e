package dev.sluice.processor.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.settings.Heap;
import org.junit.jupiter.api.Test;

class BoundedPollsTest {

    private static final long MIB = 1024 * 1024;

    @Test
    void takeAnEighthOfTheHeapAtMostIfAllRecordsAreAsLargeAsCanBe() {
        assertThat(BoundedPolls.records(new Heap(64 * MIB))).isEqualTo(1);
        assertThat(BoundedPolls.records(new Heap(256 * MIB))).isEqualTo(3);
        assertThat(BoundedPolls.records(new Heap(1024 * MIB))).isEqualTo(12);
        assertThat(BoundedPolls.records(new Heap(64 * 1024 * MIB))).isEqualTo(64);
    }
}
