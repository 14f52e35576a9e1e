package dev.sluice.processor.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.settings.Heap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 64, Capacity.MAX_THREADS})
    void givesTheBuffersOfAllThreadsASixteenthOfTheMemory(int threads) {
        Capacity capacity = Capacity.of(threads).withHeap(new Heap(1 << 30));

        assertThat(2L * threads * capacity.keptBytes()).isEqualTo(1 << 26);
    }
}
