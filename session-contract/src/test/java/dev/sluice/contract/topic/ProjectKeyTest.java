package dev.sluice.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectKeyTest {

    @Property
    void namesItsProject(@ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long project) {
        assertThat(ProjectKey.parse(ProjectKey.of(project))).hasValue(project);
    }

    @Test
    void isNoneIfARecordHasNoKey() {
        assertThat(ProjectKey.parse((byte[]) null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "01",
                "-1",
                "+1",
                "1.0",
                " 1",
                "1 ",
                "x",
                "9223372036854775808",
                "9999999999999999999",
                "18446744073709551617",
                "12345678901234567890",
                "١"
            })
    void refusesWhatIsNoProject(String text) {
        assertThat(ProjectKey.parse(text)).isEmpty();
    }
}
