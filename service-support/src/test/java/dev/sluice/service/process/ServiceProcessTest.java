package dev.sluice.service.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceProcessTest {

    @Test
    void doesNotStartIfHelpIsAskedFor() {
        List<Environment> started = new ArrayList<>();

        ServiceProcess.start(ServiceProcessTest.class, "none.xml", new String[] {"--help"}, started::add);

        assertThat(started).isEmpty();
    }

    @Test
    void takesNoArguments() {
        assertThatCode(() -> ServiceProcess.requireNone(new String[0])).doesNotThrowAnyException();
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> ServiceProcess.requireNone(new String[] {"--port", "80"}))
                .withMessageStartingWith("the first argument is \"--port\": expected none");
    }
}
