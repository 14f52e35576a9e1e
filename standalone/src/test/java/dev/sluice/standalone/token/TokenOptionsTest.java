package dev.sluice.standalone.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.contract.access.Projects;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TokenOptionsTest {

    @Test
    void readsDaysHoursAndMinutes() {
        assertThat(new Lifetime().convert("90d")).isEqualTo(Duration.ofDays(90));
        assertThat(new Lifetime().convert("12h")).isEqualTo(Duration.ofHours(12));
        assertThat(new Lifetime().convert("30m")).isEqualTo(Duration.ofMinutes(30));
        assertThat(new Lifetime().convert("9999999d")).isEqualTo(Duration.ofDays(9_999_999));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0d", "-1d", "90", "d", "1w", "9 d"})
    void refusesWhatIsNoTime(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new Lifetime().convert(text))
                .withMessageContaining("expected one or more days, hours or minutes");
    }

    @Test
    void refusesATimeThatIsTooFarAway() {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new Lifetime().convert("99999999d"))
                .withMessage("\"99999999d\" is too far away: expected a number of at most 7 digits");
    }

    @Test
    void readsProjects() {
        assertThat(new ProjectsOption().convert("all")).isEqualTo(new Projects.All());
        assertThat(new ProjectsOption().convert("2, 1")).isEqualTo(new Projects.Named(Set.of(1L, 2L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1,,2", "one", "01", "ALL", "9223372036854775808"})
    void refusesWhatIsNoProject(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new ProjectsOption().convert(text))
                .withMessageContaining("is not a project");
    }
}
