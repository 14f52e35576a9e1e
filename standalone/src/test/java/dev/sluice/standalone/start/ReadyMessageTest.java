package dev.sluice.standalone.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadyMessageTest {

    @Test
    void beginsWithWhereItIsReady() {
        assertThat(message("/data", true).text()).startsWith("Sluice is ready at http://127.0.0.1:8080\n");
    }

    @Test
    void quotesThePathOfTheTokenForTheShell() {
        assertThat(message("/my data/bob's", true).text()).contains("$(cat '/my data/bob'\\''s/admin-token')");
    }

    @Test
    void saysWhereTheApiIsDescribed() {
        assertThat(message("/data", true).text()).contains("http://127.0.0.1:8080/docs\n");
    }

    @Test
    void hidesThePasswordOfTheStore() {
        assertThat(message("/data", true).text())
                .contains("mongodb://bob:***@db:27017/sluice")
                .doesNotContain("hunter2");
    }

    @Test
    void saysThatTheTokenIsNotValid() {
        assertThat(message("/data", false).text()).contains("/data/admin-token: NOT VALID HERE");
    }

    private static ReadyMessage message(String data, boolean isValid) {
        return new ReadyMessage(
                "http://127.0.0.1:8080",
                new AdminToken(Path.of(data, "admin-token"), isValid),
                "127.0.0.1:9092",
                "mongodb://bob:hunter2@db:27017/sluice",
                "as given",
                Path.of(data, "logs/sluice.log"));
    }
}
