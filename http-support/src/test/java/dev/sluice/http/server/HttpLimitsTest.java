package dev.sluice.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.settings.Heap;
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
}
