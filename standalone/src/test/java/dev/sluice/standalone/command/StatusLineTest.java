package dev.sluice.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusLineTest {

    private final StringWriter shown = new StringWriter();

    @Test
    void cutsALineOffThatIsTooLongForTheTerminal() {
        StatusLine status = new StatusLine(new PrintWriter(shown), true, Duration.ofDays(1));

        await().untilAsserted(() -> {
            status.show(() -> "a long line");
            assertThat(shown.toString()).endsWith("\033[?7la long line\033[?7h");
        });
    }
}
