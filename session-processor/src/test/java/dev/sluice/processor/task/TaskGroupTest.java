package dev.sluice.processor.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskGroupTest {

    @ParameterizedTest
    @CsvSource({
        "T0, 1-T.00",
        "T99, 1-T.00",
        "T00, 1-T.00",
        "T000, 1-T.010",
        "T100, 1-T.011",
        "T199, 1-T.011",
        "T1234, 1-T.0212",
        "PT7, 1-PT.00",
        "T12345678901, 1-T.09123456789",
        "T123456789012, 1-T.101234567890",
        "T1234567890123, 1-T.1112345678901"
    })
    void holdsTasksOfTheSameLettersAndDigitsButForTheLastTwo(String task, String id) {
        assertThat(TaskGroup.of(1, task).id()).isEqualTo(id);
    }

    @Test
    void liesBetweenTheBoundsOfItsProjectOnly() {
        long[] projects = {1, 2, 10, 11, 12, 100, 1L << 60};
        for (long project : projects) {
            for (long other : projects) {
                String id = TaskGroup.of(other, "T6").id();
                assertThat(id.compareTo(TaskGroup.before(project)) > 0 && id.compareTo(TaskGroup.after(project)) < 0)
                        .isEqualTo(other == project);
            }
        }
    }

    @Test
    void comesInTheOrderOfItsTasks() {
        List<String> tasks = new ArrayList<>();
        for (String letters : List.of("A", "AB", "B", "T", "TA")) {
            for (String digits :
                    List.of("0", "7", "00", "42", "007", "100", "101", "999", "1000", "12345", "9999999999999")) {
                tasks.add(letters + digits);
            }
        }

        assertThat(tasks).isSortedAccordingTo(TaskGroup.ORDER);
        assertThat(tasks.stream().map(task -> TaskGroup.of(7, task).id()))
                .isSortedAccordingTo(Comparator.naturalOrder());
    }
}
