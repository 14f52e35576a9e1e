package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.http.server.HttpConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionProcessorApplicationIT {

    private static final Set<String> THREADS = Set.of("access-tokens", "token-uses", "consumer-restarts");

    @Test
    void stopsWhatItHasBegunIfItCannotListen() throws IOException {
        Set<Thread> before = threads();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpConfig taken = HttpConfig.defaults().withPort(other.getLocalPort());
            ProcessorConfig config = FreshConfig.of(SessionProcessorApplicationIT.class, 1);

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> SessionProcessorApplication.run(config, taken))
                    .withMessageContaining("cannot listen");
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> before.containsAll(threads()));
    }

    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !THREADS.contains(thread.getName()));
        return threads;
    }
}
