package dev.sluice.examples.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.MissingNode;

class CountedTest {

    @Test
    void countsEachOffsetOnceAlsoIfItComesAfterLaterOnes() {
        Counted counted = new Counted(MissingNode.getInstance());

        assertThat(added(counted, 5, 6, 6, 5, 9, 4, 0)).containsExactly(5, 6, 9, 4, 0);

        Counted again = new Counted(counted.json());
        assertThat(added(again, 9, 8, 8, 7, 7, 6, 10, 20, 15, 15, 11, 19)).containsExactly(8, 7, 10, 20, 15, 11, 19);
        assertThat(again.json()).hasToString("{\"highest\":20,\"missing\":[[1,3],[12,14],[16,18]]}");
    }

    @Test
    void keepsOnlyTheHighestOfManyMissingSpans() {
        Counted counted = new Counted(MissingNode.getInstance());
        // As after transactions of one record each.
        added(counted, LongStream.range(0, 100_000).map(i -> 2 * i).toArray());

        Counted again = new Counted(counted.json());

        assertThat(again.json().path("missing")).hasSize(2_000);
        assertThat(added(again, 1, 200_001 - 2 * 1_024)).containsExactly(200_001 - 2 * 1_024);
    }

    private static long[] added(Counted counted, long... offsets) {
        return LongStream.of(offsets).filter(counted::add).toArray();
    }
}
