package dev.sluice.contract.submission;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class TaskIdsTest {

    private static final long PROJECT = 12;

    @ParameterizedTest
    @CsvSource({"T6, T6", "12-T6, T6", "PT1, PT1", "12-PT1, PT1", "12-CT20, CT20", "12-T006, T006"})
    void takesATaskWithAndWithoutItsProject(String text, String task) {
        assertThat(TaskIds.task(text, PROJECT)).contains(task);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-T6", "13-T6", "012-T6", "0-T6", "99999999999999999999-T6"})
    void refusesAnotherProjectsTask(String text) {
        assertThat(TaskIds.task(text, PROJECT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "12-",
                "-T6",
                "12-T",
                "12-6",
                "T",
                "6",
                "t6",
                "12-t6",
                "T6 ",
                " T6",
                "T6\n",
                "12-T6-1",
                "12--T6",
                "T-6",
                "T6T",
                "%546",
                "\u0664-T6",
                "T\u0666",
                "\u00c46",
                "../T6"
            })
    void refusesWhatIsNoTasksId(String text) {
        assertThat(TaskIds.task(text, PROJECT)).isEmpty();
        assertThat(TaskIds.isWellFormed(text)).isFalse();
    }

    @Test
    void takesAtMost64CharactersAndTheProjectBefore() {
        String longest = "T" + "1".repeat(63);

        assertThat(TaskIds.task(longest, PROJECT)).contains(longest);
        assertThat(TaskIds.task(PROJECT + "-" + longest, PROJECT)).contains(longest);
        assertThat(TaskIds.task(Long.MAX_VALUE + "-" + longest, Long.MAX_VALUE)).contains(longest);
        assertThat(TaskIds.task(longest + "1", PROJECT)).isEmpty();
        assertThat(TaskIds.task(PROJECT + "-" + longest + "1", PROJECT)).isEmpty();
    }
}
