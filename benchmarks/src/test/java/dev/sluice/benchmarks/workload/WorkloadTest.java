package dev.sluice.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {

    @ParameterizedTest
    @EnumSource
    void keepsTheRules(SessionSize size) {
        SubmissionValidator validator = new SubmissionValidator();

        assertThat(Workload.sessions(size, 200))
                .allSatisfy(session -> assertThat(
                                validator.validateSession(session.body(), session.project(), new DocumentSize()))
                        .isInstanceOf(Validation.Valid.class));
    }

    @ParameterizedTest
    @CsvSource({"SMALL, 400", "TYPICAL, 4000", "LARGE, 60000"})
    void isAboutAsLongAsItIsSaidToBe(SessionSize size, int length) {
        double average = Workload.sessions(size, 200).stream()
                .mapToInt(session -> session.body().length)
                .average()
                .orElseThrow();

        assertThat(average).isBetween(0.8 * length, 1.2 * length);
    }

    @Test
    void isTheSameFromTheSameSeed() {
        assertThat(Workload.sessions(SessionSize.TYPICAL, 50))
                .usingRecursiveComparison()
                .isEqualTo(Workload.sessions(SessionSize.TYPICAL, 50));
    }

    @Test
    void hasFewBusyProjectsAndManyQuietOnes() {
        List<Session> sessions = Workload.sessions(SessionSize.SMALL, 20_000);

        Map<Long, Long> byProject = sessions.stream()
                .map(Session::project)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(byProject).hasSizeGreaterThan(800);
        // With a Zipf distribution over a thousand ranks, the first has a share of 1 in 7.5.
        assertThat(byProject.get(1L)).isBetween(2_300L, 3_000L);
        assertThat(byProject.get(2L)).isBetween(1_100L, 1_600L);
    }
}
