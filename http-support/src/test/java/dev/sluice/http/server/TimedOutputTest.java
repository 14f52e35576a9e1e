package dev.sluice.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimedOutputTest {

    @Test
    void failsAWriteThatSucceededOnlyAfterItsTime() throws Exception {
        try (Deadlines deadlines = new Deadlines()) {
            OutputStream slow = new OutputStream() {
                @Override
                public void write(int b) {
                    while (!Thread.interrupted()) {
                        Thread.onSpinWait();
                    }
                }
            };
            TimedOutput output = new TimedOutput(slow, deadlines, Duration.ofMillis(1), () -> {});

            assertThatIOException().isThrownBy(() -> output.write(1)).withMessageContaining("PT0.001S");
        }
    }

    @Test
    void leavesTheThreadAloneAfterAWriteInTime() throws Exception {
        try (Deadlines deadlines = new Deadlines()) {
            TimedOutput output =
                    new TimedOutput(OutputStream.nullOutputStream(), deadlines, Duration.ofMinutes(1), () -> {});

            output.write(1);

            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }
}
