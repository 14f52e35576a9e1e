package dev.sluice.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class TaskPathTest {

    private static final long PROJECT = 12;

    @ParameterizedTest
    @CsvSource({"T6, T6", "12-T6, T6", "PT1, PT1", "12-PT1, PT1", "12-CT20, CT20", "12-T006, T006"})
    void takesATaskWithAndWithoutItsProject(String segment, String task) {
        assertThat(TaskPath.task(segment, PROJECT)).contains(task);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-T6", "13-T6", "012-T6", "0-T6", "99999999999999999999-T6"})
    void refusesAnotherProjectsTask(String segment) {
        assertThat(TaskPath.task(segment, PROJECT)).isEmpty();
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
    void refusesWhatIsNoTasksId(String segment) {
        assertThat(TaskPath.task(segment, PROJECT)).isEmpty();
    }

    @Test
    void takesAtMost64CharactersAndTheProjectBefore() {
        String longest = "T" + "1".repeat(63);

        assertThat(TaskPath.task(longest, PROJECT)).contains(longest);
        assertThat(TaskPath.task(PROJECT + "-" + longest, PROJECT)).contains(longest);
        assertThat(TaskPath.task(Long.MAX_VALUE + "-" + longest, Long.MAX_VALUE))
                .contains(longest);
        assertThat(TaskPath.task(longest + "1", PROJECT)).isEmpty();
        assertThat(TaskPath.task(PROJECT + "-" + longest + "1", PROJECT)).isEmpty();
    }

    @Test
    void refusesAPathWithoutATask() {
        assertThat(TaskPath.task(null, PROJECT)).isEmpty();
    }
}
