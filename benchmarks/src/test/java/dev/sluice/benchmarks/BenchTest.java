package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;

class BenchTest {

    @Test
    void tellsItsVersion() {
        assertThat(Bench.command().getCommandSpec().version())
                .singleElement()
                .asString()
                .startsWith("sluice bench ");
    }

    @Test
    void knowsItsPartsByTheirNames() {
        assertThat(Bench.command()
                        .parseArgs("--only", "posts,feed")
                        .matchedOption("--only")
                        .getValue()
                        .toString())
                .isEqualTo("[posts, feed]");
        assertThat(Bench.command().getUsageMessage()).containsIgnoringWhitespaces("posts, feed, processing, validator");
        assertThatExceptionOfType(ParameterException.class)
                .isThrownBy(() -> Bench.command().parseArgs("--only", "posts,fed"))
                .withMessageContaining("fed");
    }
}
