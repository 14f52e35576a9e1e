package dev.sluice.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.service.settings.Heap;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpLimitsTest {

    private static final long MIB = 1024 * 1024;

    @ParameterizedTest
    @CsvSource({"16, 256", "64, 512", "256, 2048", "1024, 8192", "2048, 16384", "65536, 16384"})
    void letsAsManyConnectInAsTakeAQuarterOfTheHeap(long heapMib, int connections) {
        assertThat(HttpLimits.defaults(new Heap(heapMib * MIB)).maxConnections())
                .isEqualTo(connections);
    }

    @ParameterizedTest
    @CsvSource({"32, 256", "64, 256", "256, 1024", "1024, 4096", "65536, 16384"})
    void letsHalfAsManyConnectWithTls(long heapMib, int connections) {
        assertThat(HttpLimits.tlsDefaults(new Heap(heapMib * MIB)).maxConnections())
                .isEqualTo(connections);
    }

    @ParameterizedTest
    @CsvSource({
        "maxBodyBytes, 0, 9, 9, 9, 9, 9, 9, 9, 9",
        "maxBodyBytes, 268435457, 9, 268435457, 9, 9, 9, 9, 9, 9",
        "bodyTimeout, 9, 0, 9, 9, 9, 9, 9, 9, 9",
        "bodyBudgetBytes, 9, 9, 8, 9, 9, 9, 9, 9, 9",
        "maxConnections, 9, 9, 9, 0, 9, 9, 9, 9, 9",
        "maxRequests, 9, 9, 9, 9, 0, 9, 9, 9, 9",
        "headerTimeout, 9, 9, 9, 9, 9, 0, 9, 9, 9",
        "idleTimeout, 9, 9, 9, 9, 9, 9, 0, 9, 9",
        "answerTimeout, 9, 9, 9, 9, 9, 9, 9, 0, 9",
        "drainTimeout, 9, 9, 9, 9, 9, 9, 9, 9, -1"
    })
    void areNeverOutOfBounds(
            String name,
            int maxBody,
            long bodySeconds,
            long budget,
            int connections,
            int requests,
            long headerSeconds,
            long idleSeconds,
            long answerSeconds,
            long drainSeconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpLimits(
                        maxBody,
                        Duration.ofSeconds(bodySeconds),
                        budget,
                        connections,
                        requests,
                        Duration.ofSeconds(headerSeconds),
                        Duration.ofSeconds(idleSeconds),
                        Duration.ofSeconds(answerSeconds),
                        Duration.ofSeconds(drainSeconds)))
                .withMessageStartingWith(name + " is ");
    }
}
