package dev.sluice.standalone.command;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ApiClientTest {

    @Test
    @Timeout(60)
    void failsIfAnAnswerStopsInTheMiddle() throws Exception {
        try (SilentServer server = new SilentServer();
                ApiClient client = new ApiClient(server.url(), "token", Duration.ofMillis(300))) {

            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> client.get("/"))
                    .withMessageContaining("no Sluice answers");
        }
    }
}
