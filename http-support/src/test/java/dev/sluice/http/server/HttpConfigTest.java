package dev.sluice.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.http.quota.Quotas;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConfigTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7"})
    void refusesPlainHttpWhereOthersCanReachIt(String host) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> config(Map.of("SLUICE_HTTP_HOST", host)))
                .withMessage(
                        "SLUICE_HTTP_HOST is \"" + host + "\": expected a loopback address, because plain HTTP shows"
                                + " tokens to the network: set SLUICE_TLS_CERTIFICATE and SLUICE_TLS_KEY for TLS, or"
                                + " SLUICE_HTTP_PLAIN=allow if only a gateway on a private network reaches it");
    }

    @Test
    void servesPlainHttpWhereItIsSaidDeliberately() {
        assertThat(config(Map.of("SLUICE_HTTP_HOST", "0.0.0.0", "SLUICE_HTTP_PLAIN", "allow"))
                        .host())
                .isEqualTo("0.0.0.0");
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> config(Map.of("SLUICE_HTTP_HOST", "0.0.0.0", "SLUICE_HTTP_PLAIN", "yes")))
                .withMessage("SLUICE_HTTP_PLAIN is \"yes\": expected allow, or nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost"})
    void servesPlainHttpOnLoopback(String host) {
        assertThat(config(Map.of("SLUICE_HTTP_HOST", host)).host()).isEqualTo(host);
    }

    @Test
    void servesTlsAnywhere() {
        assertThat(config(Map.of(
                                "SLUICE_HTTP_HOST", "0.0.0.0",
                                "SLUICE_TLS_CERTIFICATE", "a.pem",
                                "SLUICE_TLS_KEY", "a.key"))
                        .tls())
                .isNotNull();
    }

    @Test
    void saysWhatIsBadBeforeWhatIsMissing() {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> config(Map.of(
                        "SLUICE_HTTP_HOST", "0.0.0.0",
                        "SLUICE_TLS_CERTIFICATE", "a.pem",
                        "SLUICE_STOP_DELAY", "x")))
                .withMessageStartingWith("SLUICE_STOP_DELAY is \"x\": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sluice.example.com",
                "ftp://sluice.example.com",
                "https://sluice.example.com/",
                "https://user@sluice.example.com",
                "https://sluice.example.com?a=b",
                "https://sluice.example.com\r\nX: y"
            })
    void refusesAPublicUrlThatCannotBeginLinks(String url) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> config(Map.of("SLUICE_PUBLIC_URL", url)))
                .withMessageContaining("SLUICE_PUBLIC_URL");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new HttpConfig(
                        "127.0.0.1", 0, url, false, HttpLimits.defaults(), Quotas.NONE, Duration.ZERO, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void refusesAPortThatThereIsNot(int port) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> HttpConfig.defaults().withPort(port));
    }

    private static HttpConfig config(Map<String, String> variables) {
        return HttpConfig.of(new Environment(variables));
    }
}
