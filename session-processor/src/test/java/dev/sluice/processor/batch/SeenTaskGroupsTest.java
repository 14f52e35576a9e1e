package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.processor.task.TaskGroup;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeenTaskGroupsTest {

    private final SeenTaskGroups groups = new SeenTaskGroups();

    @Test
    void areThoseThatShareADocument() {
        List<String> tasks = Stream.of("T0", "T7", "T42", "T100", "T199", "T0100", "T1234", "PT1", "PT100", "CT20")
                .toList();
        for (long project : List.of(1L, 2L, 1L << 40)) {
            tasks.forEach(task -> groups.add(project, task));
        }

        assertThat(groups.count())
                .isEqualTo(3
                        * (int) tasks.stream()
                                .map(task -> TaskGroup.of(1, task))
                                .distinct()
                                .count());
    }

    @Test
    void areCountedNearlyAll() {
        IntStream.range(0, 4_000).forEach(group -> groups.add(1, "T" + group + "00"));

        assertThat(groups.count()).isBetween(3_400, 4_000);
    }

    @Test
    void areNotThereAfterClearing() {
        groups.add(1, "T1");

        groups.clear();

        assertThat(groups.count()).isZero();
    }
}
