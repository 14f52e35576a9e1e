package dev.sluice.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;

class BrokerExitTest {

    @Test
    void saysWhyTheProcessEndsAndLeavesStandardErrorToOthers() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Exiting.class.getName())
                .redirectErrorStream(true)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(said)
                .contains("broker ends this process with status 3: the disk is full", "said by a shutdown hook");
    }

    /** A process whose broker ends it. */
    static final class Exiting {

        private Exiting() {}

        public static void main(String[] arguments) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println("said by a shutdown hook")));
            BrokerExit.announce();
            Exit.exit(3, "the disk is full");
        }
    }
}
