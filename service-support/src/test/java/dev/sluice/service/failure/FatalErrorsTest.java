package dev.sluice.service.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FatalErrorsTest {

    /** Throws an error on a separate thread, and waits forever. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) {
            Runtime.getRuntime().addShutdownHook(new Thread(Program::waitForEver));
            Thread.ofVirtual().start(() -> FatalErrors.endProcessIfFatal(new OutOfMemoryError("made up")));
            waitForEver();
        }

        private static void waitForEver() {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void endTheProcessWhateverKeepsItFromEnding() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(FatalErrors.EXIT_CODE);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void areThoseOfTheJvmWhereverTheyAreInTheCauses() {
        assertThat(FatalErrors.isFatal(new OutOfMemoryError())).isTrue();
        assertThat(FatalErrors.isFatal(new InternalError())).isTrue();
        assertThat(FatalErrors.isFatal(new IllegalStateException(new RuntimeException(new OutOfMemoryError()))))
                .isTrue();
    }

    @Test
    void areNotThoseThatEndAnAttempt() {
        assertThat(FatalErrors.isFatal(new StackOverflowError())).isFalse();
        assertThat(FatalErrors.isFatal(new NoClassDefFoundError())).isFalse();
        assertThat(FatalErrors.isFatal(new IllegalStateException(new StackOverflowError())))
                .isFalse();
        FatalErrors.endProcessIfFatal(new AssertionError());
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void areNotLookedForWithoutEndInCausesThatGoRoundInACircle() {
        RuntimeException first = new RuntimeException();
        first.initCause(new IllegalStateException(first));

        assertThat(FatalErrors.isFatal(first)).isFalse();
    }
}
