package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchTest {

    @Test
    void tellsItsVersion() {
        assertThat(Bench.command().getCommandSpec().version())
                .singleElement()
                .asString()
                .startsWith("sluice bench ");
    }
}
