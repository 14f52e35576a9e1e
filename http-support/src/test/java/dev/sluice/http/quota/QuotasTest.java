package dev.sluice.http.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotasTest {

    @Test
    void areNoneUnlessTheyAreSet() {
        assertThat(Quotas.of(new Environment(Map.of()))).isEqualTo(Quotas.NONE);
        assertThat(Quotas.of(new Environment(
                        Map.of("SLUICE_QUOTA_REQUESTS", "0", "SLUICE_QUOTA_SESSIONS", "0", "SLUICE_QUOTA_BYTES", "0"))))
                .isEqualTo(Quotas.NONE);
    }

    @Test
    void areReadFromTheEnvironment() {
        Environment environment = new Environment(Map.of(
                "SLUICE_QUOTA_REQUESTS", "50",
                "SLUICE_QUOTA_SESSIONS", "200",
                "SLUICE_QUOTA_BYTES", "2MiB",
                "SLUICE_QUOTA_BURST", "30s"));

        assertThat(Quotas.of(environment)).isEqualTo(new Quotas(50, 200, 2 << 20, Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource({
        "SLUICE_QUOTA_REQUESTS, -1, a whole number from 0 to 1000000",
        "SLUICE_QUOTA_SESSIONS, many, a whole number from 0 to 1000000",
        "SLUICE_QUOTA_BYTES, 1GiB, a size from 0 to 512MiB",
        "SLUICE_QUOTA_BURST, 2h, a duration from 1ms to 1h"
    })
    void refuseOtherValues(String name, String value, String expected) {
        assertThatThrownBy(() -> Quotas.of(new Environment(Map.of(name, value))))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(name + " is \"" + value + "\": expected " + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 0, PT1S", "1000001, 0, 0, PT1S", "0, -1, 0, PT1S", "0, 1000001, 0, PT1S",
        "0, 0, -1, PT1S", "0, 0, 536870913, PT1S", "0, 0, 0, PT0S", "0, 0, 0, PT1H1S"
    })
    void areNeverOutOfBounds(int requests, int sessions, long bytes, Duration burst) {
        assertThatThrownBy(() -> new Quotas(requests, sessions, bytes, burst))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
