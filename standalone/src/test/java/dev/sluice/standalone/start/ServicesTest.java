package dev.sluice.standalone.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.observe.ReadinessCheck;
import org.junit.jupiter.api.Test;

class ServicesTest {

    @Test
    void nameOptionsInReadinessInsteadOfTheServicesVariables() {
        ReadinessCheck check = Services.withOptions(new ReadinessCheck(
                "processor-startup",
                () -> ReadinessCheck.State.untilSomebodyActs(
                        "set SLUICE_IDS_BASE to 512 on both services; or set SLUICE_LOG_MOVED_TO to x")));

        assertThat(check.name()).isEqualTo("processor-startup");
        assertThat(check.state().get())
                .isEqualTo(ReadinessCheck.State.untilSomebodyActs("set --ids-base to 512; or set --log-moved-to to x"));
    }
}
