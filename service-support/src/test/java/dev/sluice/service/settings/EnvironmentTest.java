package dev.sluice.service.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    @ParameterizedTest
    @CsvSource({
        "1ms,PT0.001S",
        "500ms,PT0.5S",
        "10s,PT10S",
        "5m,PT5M",
        "1h,PT1H",
        "2d,PT48H",
        "365d,PT8760H",
        "' 7s ',PT7S"
    })
    void readsDurations(String text, Duration duration) {
        assertThat(with(text).duration("X", Duration.ZERO)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"65536,65536", "1B,1", "512KiB,524288", "8MiB,8388608", "2GiB,2147483648", "4GiB,4294967296"})
    void readsSizes(String text, long bytes) {
        assertThat(with(text).bytes("X", 1, 1, 4L << 30)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "-5s", "0s", "soon", "10 s", "99999999999s", "366d", "999999d", "PT3S"})
    void refusesOtherDurations(String text) {
        assertThatThrownBy(() -> with(text).duration("X", Duration.ZERO))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "X is \"" + text + "\": expected a duration from 1ms to 365d, written like 500ms, 10s or 5m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999ms", "90m"})
    void refusesDurationsOutOfRange(String text) {
        Duration least = Duration.ofSeconds(1);

        assertThatThrownBy(() -> with(text).duration("X", least, least, Duration.ofMinutes(89)))
                .isInstanceOf(SettingException.class)
                .hasMessage("X is \"" + text + "\": expected a duration from 1s to 89m, written like 500ms, 10s or 5m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8MB", "0", "-1", "8 MiB", "much", "5GiB", "8589934592GiB", "17179869185GiB"})
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> with(text).bytes("X", 1, 1, 4L << 30))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "X is \"" + text + "\": expected a size from 1 to 4GiB, written like 65536, 512KiB or 8MiB");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void readsNumbers(int number) {
        assertThat(with(Integer.toString(number)).integer("X", 5, 1, 10)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "x", "99999999999"})
    void refusesNumbersOutOfRange(String text) {
        assertThatThrownBy(() -> with(text).integer("X", 5, 1, 10))
                .isInstanceOf(SettingException.class)
                .hasMessage("X is \"" + text + "\": expected a whole number from 1 to 10");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.5,0.5", "1,1", "1.0,1"})
    void readsShares(String text, double share) {
        assertThat(with(text).share("X", 0.25)).isEqualTo(share);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "-0.5", "50%", "NaN", ".5", "1e-1"})
    void refusesOtherShares(String text) {
        assertThatThrownBy(() -> with(text).share("X", 0.25))
                .isInstanceOf(SettingException.class)
                .hasMessage("X is \"" + text + "\": expected a share from 0 to 1, such as 0.5");
    }

    @Test
    void leavesTheFallbackForWhatIsNotSet() {
        Environment environment = with(" ");

        assertThat(environment.text("X")).isEmpty();
        assertThat(environment.integer("X", 5, 1, 10)).isEqualTo(5);
        assertThat(environment.share("X", 0.25)).isEqualTo(0.25);
        assertThat(environment.bytes("X", 7, 1, 10)).isEqualTo(7);
        assertThat(environment.flag("Y", true)).isTrue();
        assertThat(environment.flag("Y", false)).isFalse();
        assertThat(environment.duration("Z", Duration.ofSeconds(1))).hasSeconds(1);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "TRUE,true", "false,false"})
    void readsFlags(String text, boolean flag) {
        assertThat(with(text).flag("X", !flag)).isEqualTo(flag);
    }

    @Test
    void refusesAFlagThatIsNeitherTrueNorFalse() {
        assertThatThrownBy(() -> with("yes").flag("X", true)).hasMessage("X is \"yes\": expected true or false");
    }

    @Test
    void namesWhatLooksLikeASettingAndIsNotRead() {
        Environment environment = new Environment(Map.of(
                "SLUICE_MAX_BDOY", "1MiB",
                "SLUICE_MAX_BODY", "1MiB",
                "SLUICE_JAVA_OPTS", "-Xmx1g",
                "SLUICE_INGEST_API_SERVICE_PORT_HTTP", "8080",
                "SLUICE_INGEST_API_PORT", "tcp://10.0.0.1:8080",
                "SLUICE_INGEST_API_PORT_8080_TCP_ADDR", "10.0.0.1",
                "PATH", "/bin"));

        environment.bytes("SLUICE_MAX_BODY", 1, 1, Long.MAX_VALUE);

        assertThat(environment.unread()).containsExactly("SLUICE_MAX_BDOY");
    }

    @Test
    void takesTheAddressOfAKubernetesServiceForNoNumber() {
        assertThat(with("tcp://10.0.0.1:8080").integer("X", 8080, 0, 65_535)).isEqualTo(8080);
        assertThatThrownBy(() -> with("10.0.0.1:8080").integer("X", 8080, 0, 65_535))
                .hasMessage("X is \"10.0.0.1:8080\": expected a whole number from 0 to 65535");
    }

    private static Environment with(String value) {
        return new Environment(Map.of("X", value));
    }
}
