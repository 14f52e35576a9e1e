package dev.sluice.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.settings.Heap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpLimitsTest {

    private static final long MIB = 1024 * 1024;

    @ParameterizedTest
    @CsvSource({"16, 256", "64, 256", "256, 1024", "1024, 4096", "4096, 16384", "65536, 16384"})
    void letsAsManyConnectInAsTakeAnEighthOfTheHeap(long heapMib, int connections) {
        assertThat(HttpLimits.defaults(new Heap(heapMib * MIB)).maxConnections())
                .isEqualTo(connections);
    }

    @ParameterizedTest
    @CsvSource({"64, 256", "256, 512", "1024, 2048", "65536, 16384"})
    void letsHalfAsManyConnectWithTls(long heapMib, int connections) {
        assertThat(HttpLimits.tlsDefaults(new Heap(heapMib * MIB)).maxConnections())
                .isEqualTo(connections);
    }
}
